/*
 * A sign-in above Swagger UI: gets an access token and authorizes Swagger UI with it, which keeps it
 * across reloads as it keeps one that was pasted.
 */
function authorize(token) {
  const schema = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }
  window.ui.authActions.authorizeWithPersistOption({ bearer: { name: 'bearer', schema, value: token } })
}

window.addEventListener('load', () => {
  const form = document.createElement('form')
  form.className = 'bsm-sign-in'
  form.setAttribute('aria-label', 'Sign in')

  const field = (label, type, name, autocomplete) => {
    const input = Object.assign(document.createElement('input'), {
      type,
      name,
      autocomplete,
      required: true,
    })
    const holder = document.createElement('label')
    holder.append(label, input)
    form.append(holder)
    return input
  }
  const email = field('E-mail address', 'email', 'email', 'username')
  const password = field('Password', 'password', 'password', 'current-password')
  const button = Object.assign(document.createElement('button'), { type: 'submit', textContent: 'Sign in' })
  const status = document.createElement('output')
  form.append(button, status)
  document.body.prepend(form)

  const signIn = async () => {
    const response = await fetch('/api/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: email.value, password: password.value }),
    })
    const answer = await response.json()
    if (!response.ok) return answer.detail
    authorize(answer.access_token)
    password.value = ''
    const minutes = Math.floor(answer.expires_in / 60)
    return `Signed in as ${answer.user.name} (${answer.user.role}) for ${minutes} minutes.`
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    button.disabled = true
    signIn()
      .catch(() => 'The server did not answer.')
      .then((text) => {
        status.textContent = text
        button.disabled = false
      })
  })
})
