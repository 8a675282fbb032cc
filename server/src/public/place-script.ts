/**
 * The one script of the pages for residents: where a browser can tell its place, it offers to. Asked for by a press, rounded to
 * some ten metres, sent once in the body of a form. Without it the page is what it was.
 */
export const placeScript = `(() => {
  const form = document.getElementById('near')
  if (!form || !navigator.geolocation) return
  const [button, fault] = [form.querySelector('button'), form.querySelector('.error')]
  form.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    fault.hidden = true
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lng.value = coords.longitude.toFixed(4)
        form.elements.lat.value = coords.latitude.toFixed(4)
        form.submit()
      },
      () => {
        button.disabled = false
        fault.hidden = false
      },
      { timeout: 10000, maximumAge: 60000 },
    )
  })
})()
`
