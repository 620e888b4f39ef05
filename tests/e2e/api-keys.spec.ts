import { ADMIN, AGENT } from './kit/api.ts'
import { goTo, signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

const KEY = /^bsm_[0-9A-Za-z]{71}$/

test('a key is made, works, is seen by others at once, and ends', async ({
  openSeat,
  openBrowser,
  place,
}) => {
  const name = unique('Billing')
  const admin = await openSeat()
  await signIn(admin, place, 'admin', ADMIN)
  const other = await (await openBrowser()).newPage()
  await signIn(other, place, 'admin', ADMIN)
  for (const page of [admin, other]) await goTo(page, 'Integrations')

  await admin.getByRole('button', { name: 'New key' }).click()
  await admin.getByRole('textbox', { name: 'Name' }).fill(name)
  await admin.getByLabel('tickets:read').check()
  await admin.getByRole('button', { name: 'Make the key' }).click()
  const field = admin.getByRole('textbox', { name: 'Key' })
  await expect(field).toHaveValue(KEY)
  const key = await field.inputValue()
  // What is shown once is not lost by a key pressed by chance.
  await admin.keyboard.press('Escape')
  await expect(field).toBeVisible()
  await admin.getByRole('button', { name: 'I have copied it' }).click()
  await expect(admin.getByText(key)).toHaveCount(0)
  const row = other.getByRole('row', { name: new RegExp(name) })
  await soon(row.getByText('Active')).toBeVisible()

  const call = (path: string) => fetch(place.api + path, { headers: { Authorization: `Bearer ${key}` } })
  expect((await call('/api/admin/tickets')).status).toBe(200)
  expect((await call('/api/admin/users')).status).toBe(403)

  await other.getByRole('button', { name: `Revoke “${name}”` }).click()
  const question = other.getByRole('dialog', { name: `Revoke the key “${name}”?` })
  await question.getByRole('button', { name: 'Revoke' }).click()
  const mine = admin.getByRole('row', { name: new RegExp(name) })
  await soon(mine.getByText('Revoked')).toBeVisible()
  expect((await call('/api/admin/tickets')).status).toBe(401)
})

test('agents are told that keys are for administrators', async ({ openSeat, place }) => {
  const agent = await openSeat()
  await signIn(agent, place, 'admin', AGENT)
  await expect(agent.getByRole('link', { name: 'Integrations' })).toHaveCount(0)
  await agent.goto(`${place.admin}/integrations/keys`)
  await expect(agent.getByText('Only administrators make and end them.')).toBeVisible()
})
