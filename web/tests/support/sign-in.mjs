// How people sign in: by the form of mode local, or at the provider of identities.

export const LOCAL = ['access.mode=local', 'access.failures_per_min=1000']

/** `url`: where the server under test is. */
export function oidcOf(provider, url) {
  return ['access.mode=oidc', 'access.audience=nadul', `access.issuer=${provider.issuer}`, 'access.client_id=pages', 'access.client_secret=pages', `http.public_url=${url}`, 'access.keys_pause_s=1']
}

/** The form of mode local. */
export async function fillIn(page, name, ...roles) {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  for (const box of await page.getByRole('checkbox').all()) await box.setChecked(roles.includes(await box.getAttribute('value')))
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The provider's own pages. `login`: a name and roles, `kim.customer`. */
export async function atProvider(page, login) {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
