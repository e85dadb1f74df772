import { act, fireEvent, screen } from '@testing-library/preact'
import { type FakeServer, openConsole, type Scene } from './console-scene.js'

/** A field by the place that the server gives it. */
export function fieldAt(place: string): HTMLInputElement {
  return document.getElementById(place) as HTMLInputElement
}

/** What a screen reader says of a field beside its label. */
export function saidOf(place: string): string {
  const ids = fieldAt(place).getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => document.getElementById(id)?.textContent).join(' | ')
}

/** Somebody goes to a field and types what it then holds. */
export async function fillAt(place: string, value: string): Promise<void> {
  await act(() => {
    fieldAt(place).focus()
    fireEvent.input(fieldAt(place), { target: { value } })
  })
}

/** The ids of what is marked as wrong, in the order of the page. */
export function wrongPlaces(): readonly string[] {
  return [...document.querySelectorAll('[aria-invalid="true"]')].map(({ id }) => id)
}

/** The dialog of the shop with one part of its settings open, once its button to save is there. */
export async function openPart(server: FakeServer, title: string, save: string): Promise<Scene> {
  const scene = await openConsole(server)
  await openPartOf(scene, title, save)
  return scene
}

/** The same on a page that is open. */
export async function openPartOf({ user }: Scene, title: string, save: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Sites', hidden: true }))
  await user.click(await screen.findByRole('button', { name: /^The shop/, hidden: true }))
  const fold = await screen.findByRole('button', { name: title, hidden: true })
  if (fold.getAttribute('aria-expanded') === 'false') await user.click(fold)
  await screen.findByRole('button', { name: save, hidden: true })
}
