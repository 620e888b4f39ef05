import type { Locator, Page } from '@playwright/test'
import { ADMIN, AGENT, ANA } from './kit/api.ts'
import { signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const names = async (page: Page) =>
  (await page.getByRole('list', { name: 'Categories' }).getByRole('listitem').allInnerTexts()).map(
    (text) => text.split('\n')[0],
  )
const order = (page: Page) =>
  page.getByRole('group', { name: 'Category' }).getByRole('button').allInnerTexts()

test('a category gets a name, a picture and a place, and customers see it at once', async ({
  openSeat,
  place,
  faults,
}) => {
  faults.allow(/status of 409/)
  const [staff, customer] = [await openSeat(), await openSeat()]
  await signIn(staff, place, 'admin', ADMIN)
  await signIn(customer, place, 'customer', ANA)
  await customer.goto(`${place.customer}/services`)
  await expect(customer.getByRole('heading', { level: 2, name: 'Consulting' })).toBeVisible()
  await staff.goto(`${place.admin}/services`)
  await staff.getByRole('link', { name: 'Categories' }).click()
  await expect(staff.getByRole('heading', { level: 1, name: 'Categories' })).toBeVisible()

  const renamed = unique('Advice')
  await row(staff, 'Consulting').getByRole('button', { name: 'Edit “Consulting”' }).click()
  const dialog = staff.getByRole('dialog')
  // A name that another one has is refused, and says what to do instead.
  await dialog.getByLabel('Name').fill('SUPPORT')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('There is a category with this name already.')).toBeVisible()
  await dialog.getByLabel('Name').fill(renamed)
  await dialog.getByRole('radio', { name: 'Rocket' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await soon(customer.getByRole('heading', { level: 2, name: renamed })).toBeVisible()
  await soon(customer.getByRole('heading', { level: 2, name: 'Consulting' })).toBeHidden()

  // By keyboard: Home makes it the first.
  const grip = row(staff, renamed).getByRole('button', { name: /drag, or use the arrow keys/ })
  await grip.focus()
  await staff.keyboard.press('Home')
  await expect.poll(async () => (await names(staff))[0]).toBe(renamed)
  await expect(grip).toBeFocused()
  await soon(customer.getByRole('heading', { level: 2 }).first()).toHaveText(renamed)

  // By pointer: back down behind the second.
  const before = await names(staff)
  await dragBelow(staff, grip, row(staff, before[1] ?? ''))
  await expect.poll(() => names(staff)).toEqual([before[1], renamed, ...before.slice(2)])
  await soon(customer.getByRole('heading', { level: 2 }).nth(1)).toHaveText(renamed)
  expect((await order(customer))[2]).toContain(renamed)

  await staff.reload()
  await expect.poll(() => names(staff)).toEqual([before[1], renamed, ...before.slice(2)])
})

test('one in use is merged, an empty one is deleted', async ({ openSeat, place, api }) => {
  const [from, into, empty] = [unique('From'), unique('Into'), unique('Empty')]
  const article = async (category: string) => {
    const { id } = await api.call<{ id: string }>(AGENT, 'POST', '/api/admin/knowledge-base', {
      title: unique('About'),
      body: 'Text.',
      category,
      visibility: 'customers',
    })
    await api.call(AGENT, 'POST', `/api/admin/knowledge-base/${id}/publish`, {})
  }
  await article(from)
  await article(into)
  const [staff, customer] = [await openSeat(), await openSeat()]
  await signIn(staff, place, 'admin', ADMIN)
  await staff.goto(`${place.admin}/categories?kind=article`)
  await signIn(customer, place, 'customer', ANA)
  await customer.goto(`${place.customer}/help`)
  await expect(customer.getByRole('button', { name: from })).toBeVisible()

  await expect(row(staff, from).getByRole('button', { name: `Delete “${from}”` })).toHaveCount(0)
  await row(staff, from)
    .getByRole('button', { name: `Merge “${from}” into another` })
    .click()
  const dialog = staff.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(dialog.getByText('Choose an answer.')).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Into' }).click()
  await staff.getByRole('option', { name: into }).click()
  await expect(dialog.getByText('(1 article)')).toBeVisible()
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await expect(row(staff, from)).toHaveCount(0)
  await expect(row(staff, into).getByRole('link', { name: '2 articles' })).toBeVisible()
  await soon(customer.getByRole('button', { name: from })).toHaveCount(0)
  await soon(customer.getByRole('button', { name: new RegExp(`^${into} ?2$`) })).toBeVisible()

  await staff.getByRole('button', { name: 'New category' }).click()
  await dialog.getByLabel('Name').fill(empty)
  await dialog.getByRole('button', { name: 'Create the category' }).click()
  await row(staff, empty)
    .getByRole('button', { name: `Delete “${empty}”` })
    .click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(row(staff, empty)).toHaveCount(0)
})

test('agents read the categories and change none', async ({ openSeat, place }) => {
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/categories`)
  await expect(row(page, 'Support')).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Edit|Merge|Delete|Move|New category)/ })).toHaveCount(0)
})

/** Drags by the mouse, in steps as a hand would, to below another thing. */
async function dragBelow(page: Page, grip: Locator, target: Locator): Promise<void> {
  await grip.hover()
  await page.mouse.down()
  const box = await target.boundingBox()
  if (!box) throw new Error('nothing to drag to')
  await page.mouse.move(box.x + 20, box.y + box.height + 2, { steps: 8 })
  await page.mouse.up()
}
