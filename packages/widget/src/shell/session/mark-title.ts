/** Puts the number of unread messages before the page's title while nobody looks at the page. */
export interface TitleMark {
  readonly show: (count: number) => void
  readonly stop: () => void
}

/** The page may set its title at any time; only what was put there is taken away again. */
export function createTitleMark(): TitleMark {
  let count = 0
  let mark = ''

  function draw(): void {
    const title = mark && document.title.startsWith(mark) ? document.title.slice(mark.length) : document.title
    mark = document.hidden && count > 0 ? `(${count}) ` : ''
    if (document.title !== mark + title) document.title = mark + title
  }

  document.addEventListener('visibilitychange', draw)
  return {
    show(unread) {
      count = unread
      draw()
    },
    stop() {
      document.removeEventListener('visibilitychange', draw)
      count = 0
      draw()
    }
  }
}
