import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ADMIN, AGENT, PASSWORD } from './kit/api.ts'
import { fillSignIn, liveSign, signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

interface Made {
  id: string
  name: string
}

const personRow = (page: Page, name: string) =>
  page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: name })

test('an organization is renamed and gets its people, live for a colleague', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 409/)
  const made = await api.call<Made>(ADMIN, 'POST', '/api/admin/organizations', { name: unique('Umbra') })
  const person = unique('Nora Newhouse')
  await api.addCustomer(person)
  const admin = await (await openBrowser()).newPage()
  const agent = await (await openBrowser()).newPage()
  await signIn(admin, place, 'admin', ADMIN)
  await signIn(agent, place, 'admin', AGENT)
  for (const page of [admin, agent]) {
    await page.goto(`${place.admin}/users?tab=organizations&q=${encodeURIComponent(made.name)}`)
    await page.getByRole('link', { name: made.name }).click()
    await expect(page.getByRole('heading', { level: 1, name: made.name })).toBeVisible()
    await expect(page.getByText('Nobody belongs to it yet')).toBeVisible()
  }
  await expect(agent.getByRole('button', { name: 'Rename' })).toHaveCount(0)

  await admin.getByRole('button', { name: 'Rename' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('Name').fill('ACME')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText(/name is already taken/)).toBeVisible()
  const name = unique('Penumbra')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByRole('heading', { level: 1, name })).toBeVisible()
  await soon(agent.getByRole('heading', { level: 1, name })).toBeVisible()

  await admin.getByRole('button', { name: 'Add a customer' }).click()
  await dialog.getByRole('combobox', { name: 'Customer' }).fill(person)
  await admin.getByRole('option', { name: person }).click()
  await dialog.getByRole('button', { name: 'Add a customer' }).click()
  await expect(personRow(admin, person)).toBeVisible()
  await soon(personRow(agent, person)).toContainText('Member')

  await admin.getByRole('combobox', { name: `Role of ${person}` }).click()
  await admin.getByRole('option', { name: 'Manager' }).click()
  await soon(personRow(agent, person)).toContainText('Manager')

  await admin.getByRole('button', { name: `Take ${person} out` }).click()
  await expect(dialog).toContainText('stays with it')
  await dialog.getByRole('button', { name: 'Take out' }).click()
  await expect(admin.getByText('Nobody belongs to it yet')).toBeVisible()
  await soon(agent.getByText('Nobody belongs to it yet')).toBeVisible()
})

test('who moves to another organization leaves what was asked for the first one there', async ({
  openBrowser,
  place,
  api,
}) => {
  const [first, second] = [unique('Firstly'), unique('Secondly')]
  const from = await api.call<Made>(ADMIN, 'POST', '/api/admin/organizations', { name: first })
  const to = await api.call<Made>(ADMIN, 'POST', '/api/admin/organizations', { name: second })
  const person = unique('Milo Mover')
  const email = await api.addCustomer(person)
  const { items } = await api.call<{ items: (Made & { version: number })[] }>(
    ADMIN,
    'GET',
    `/api/admin/users?q=${encodeURIComponent(email)}`,
  )
  const [user] = items
  if (!user) throw new Error('no such user')
  await api.call(ADMIN, 'PATCH', `/api/admin/users/${user.id}`, { organization_id: from.id }, user.version)
  const ticket = await api.openTicket(email, unique('Asked for the first'))

  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', ADMIN)
  await page.goto(`${place.admin}/users/organizations/${to.id}`)
  await page.getByRole('button', { name: 'Add a customer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Customer' }).fill(person)
  await page.getByRole('option', { name: person }).click()
  await expect(dialog.getByRole('status')).toContainText(`stays with ${first}`)
  await dialog.getByRole('button', { name: 'Add a customer' }).click()
  await expect(personRow(page, person)).toBeVisible()
  await expect(page.getByText('No open tickets.')).toBeVisible()
  await page.goto(`${place.admin}/users/organizations/${from.id}`)
  await expect(page.getByText('Nobody belongs to it yet')).toBeVisible()
  await expect(page.getByRole('link', { name: new RegExp(ticket.number) })).toBeVisible()
})

test('an admin ends sessions and access, and the other browser is out at once', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  // Whoever is signed out has calls refused, a sign-in among them.
  faults.allow(/status of 401/)
  const name = unique('Sven Session')
  const email = await api.addCustomer(name)
  const customer = await (await openBrowser()).newPage()
  const admin = await (await openBrowser()).newPage()
  await signIn(customer, place, 'customer', email)
  await signIn(admin, place, 'admin', ADMIN)
  const { items } = await api.call<{ items: Made[] }>(
    ADMIN,
    'GET',
    `/api/admin/users?q=${encodeURIComponent(email)}`,
  )
  await admin.goto(`${place.admin}/users/${items[0]?.id}`)
  const sessions = admin.getByRole('region', { name: 'Signed in' })
  await expect(sessions.getByRole('listitem')).toHaveCount(1)
  await sessions.getByRole('button', { name: /^Sign out of/ }).click()
  await expect(sessions.getByText('Signed in nowhere.')).toBeVisible()
  await expect(customer.getByRole('button', { name: 'Sign in' })).toBeVisible()

  await fillSignIn(customer, email)
  await expect(liveSign(customer, 'Live')).toBeVisible()
  await admin.reload()
  await sessions.getByRole('button', { name: 'Sign out everywhere' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(sessions.getByText('Signed in nowhere.')).toBeVisible()
  await expect(customer.getByRole('button', { name: 'Sign in' })).toBeVisible()

  const access = admin.getByRole('region', { name: 'Access' })
  await access.getByRole('button', { name: 'New password link' }).click()
  await expect(admin.getByRole('textbox', { name: 'Link' })).toHaveValue(/#token=/)
  await admin.getByRole('button', { name: 'Done' }).click()
  await expect(access.getByRole('list', { name: 'Password links' })).toContainText('Waiting')

  await access.getByRole('button', { name: 'Deactivate' }).click()
  await expect(admin.getByRole('dialog')).toContainText('signed out everywhere at once')
  await admin.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
  await expect(access.getByRole('button', { name: 'Activate' })).toBeVisible()
  await fillSignIn(customer, email, PASSWORD)
  await expect(customer.getByRole('alert')).toBeVisible()
  await access.getByRole('button', { name: 'Activate' }).click()
  await expect(access.getByRole('button', { name: 'Deactivate' })).toBeVisible()

  await admin.getByRole('link', { name: 'What was done to this account' }).click()
  const audit = admin.getByRole('table', { name: 'Audit' })
  await expect(audit.getByRole('row').filter({ hasText: 'Changed a person' })).toHaveCount(2)
  await expect(audit).toContainText('Made a password link')
  await admin.getByRole('button', { name: 'What', exact: true }).click()
  await admin.getByRole('checkbox', { name: 'Made a password link' }).check()
  await expect(audit.getByRole('row')).toHaveCount(2)
  await expect(admin).toHaveURL(/action=password_link.created/)
})

test('agents read people and are told that the rest is for administrators', async ({
  openBrowser,
  place,
}) => {
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/users`)
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible()
  for (const name of ['New user', 'Audit', 'Import']) {
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
  }
  await page.goto(`${place.admin}/users/audit`)
  await expect(page.getByText('Only administrators read it.')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Audit' })).toHaveCount(0)
})

test('people come from a file: looked at line by line, taken, and the same file changes nothing', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 422/)
  const [tag] = unique('f').split(' ').slice(-1)
  const company = unique('Filed')
  const people = Array.from(
    { length: 130 },
    (_, n) => `p${n}.${tag}@file.example;Person ${n} ${tag};${company}`,
  )
  const bad = [`=cmd();Eve;${company}`, `p3.${tag}@file.example;Twice;`, 'nobody;No Address;']
  const file = {
    name: `people-${tag}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(`\u{feff}email;name;organization\r\n${[...people, ...bad].join('\r\n')}\r\n`),
  }
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', ADMIN)
  await page.goto(`${place.admin}/users`)
  await page.getByRole('link', { name: 'Import' }).click()
  await page.getByRole('checkbox', { name: 'Add organizations that are not there yet' }).check()
  await page.locator('input[type=file]').setInputFiles(file)

  const preview = page.getByRole('region', { name: 'What would happen' })
  const figures = preview.getByRole('status')
  await expect(figures).toContainText('would be added130')
  await expect(figures).toContainText('cannot be taken3')
  await expect(preview.getByText(company)).toBeVisible()
  const lines = preview.getByRole('table', { name: 'Lines of the file' }).getByRole('row')
  // The first row names the columns; problems are what is looked at first.
  await expect(lines).toHaveCount(4)
  await expect(lines.nth(1)).toContainText('132')
  await expect(lines.nth(1)).toContainText('begins like a formula')
  await expect(lines.nth(2)).toContainText('the address stands in line 5 already')
  await preview.getByRole('checkbox', { name: 'Only problems' }).uncheck()
  await expect(lines).toHaveCount(101)
  await preview.getByRole('button', { name: 'Show more (33 left)' }).click()
  await expect(lines).toHaveCount(134)

  const saved = page.waitForEvent('download')
  await preview.getByRole('button', { name: 'Download the problems' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe(`people-${tag}-problems.csv`)
  expect(readFileSync(await download.path(), 'utf8')).toContain(`"132","'=cmd()","email","formula"`)

  await preview.getByRole('button', { name: 'Import 130 lines' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Import 130 lines' })
  await expect(confirm).toBeDisabled()
  await dialog.getByRole('textbox').fill(file.name)
  await confirm.click()
  const result = page.getByRole('region', { name: 'What was done' })
  await expect(result.getByRole('status')).toContainText('added130')
  const found = await api.call<{ items: { members: number }[] }>(
    ADMIN,
    'GET',
    `/api/admin/organizations?q=${encodeURIComponent(company)}`,
  )
  expect(found.items[0]?.members).toBe(130)

  await result.getByRole('button', { name: 'Import another file' }).click()
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(figures).toContainText('would be added0')
  await expect(figures).toContainText('stay as they are130')
  await expect(preview.getByText('There is nothing to import.')).toBeVisible()

  await page
    .locator('input[type=file]')
    .setInputFiles({ ...file, buffer: Buffer.from('email,password\na@b.example,secret\n') })
  await expect(page.getByRole('alert')).toContainText('password: there is no such column')
})
