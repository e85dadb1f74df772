// The basket of a page that sells nothing: it counts.
const counter = document.getElementById('basket-count')
let count = 0

for (const button of document.querySelectorAll('[data-add]')) {
  button.addEventListener('click', () => {
    count += 1
    counter.textContent = count === 1 ? '1 thing' : `${count} things`
  })
}
