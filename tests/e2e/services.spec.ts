import type { Page } from '@playwright/test'
import { ADMIN } from './kit/api.ts'
import { signIn, unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'

const labels = (page: Page) =>
  page
    .getByRole('list', { name: 'Order form' })
    .locator('[data-field-toggle] > span:first-of-type')
    .allInnerTexts()

test('fields are put in order, removed and brought back, and a change is looked at before it is live', async ({
  openSeat,
  place,
  api,
}) => {
  const { id } = await api.call<{ id: string }>(ADMIN, 'POST', '/api/admin/services', {
    name: unique('Ordered by many'),
    form: {
      fields: [
        { id: 'kind', kind: 'yes_no', label: 'A laptop?' },
        {
          id: 'model',
          kind: 'short_text',
          label: 'Which model?',
          visible_if: { all: [{ field: 'kind', op: 'eq', value: true }] },
        },
        { id: 'seats', kind: 'number', label: 'How many?' },
      ],
    },
  })
  await api.call(ADMIN, 'POST', `/api/admin/services/${id}/publish`, {})
  const page = await openSeat()
  await signIn(page, place, 'admin', ADMIN)
  await page.goto(`${place.admin}/services/${id}?tab=form`)
  await expect(page.getByText('Shown when “A laptop?” is Yes')).toBeVisible()

  // By keyboard to the front; then a condition looks ahead, and says so until it is moved back.
  const grip = page.getByRole('button', { name: 'Move “Which model?”: drag, or use the arrow keys' })
  await grip.focus()
  await page.keyboard.press('Home')
  expect(await labels(page)).toEqual(['Which model?', 'A laptop?', 'How many?'])
  await expect(
    page.getByText('A condition looks at a field that stands later', { exact: false }),
  ).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(
    page.getByText('A condition looks at a field that stands later', { exact: false }),
  ).toBeHidden()

  // By pointer to the front, from the end.
  const box = await page.getByRole('listitem').filter({ hasText: 'A laptop?' }).first().boundingBox()
  await page.getByRole('button', { name: 'Move “How many?”: drag, or use the arrow keys' }).hover()
  await page.mouse.down()
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 2, { steps: 8 })
  await page.mouse.up()
  expect(await labels(page)).toEqual(['How many?', 'A laptop?', 'Which model?'])

  // A removed field leaves a warning where a condition names it, and comes back by Undo.
  await page.getByRole('button', { name: 'Remove “A laptop?”' }).click()
  await expect(page.getByText('A condition names a field that was removed.')).toBeVisible()
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('A condition names a field that was removed.')).toHaveCount(0)
  expect(await labels(page)).toEqual(['How many?', 'A laptop?', 'Which model?'])

  await page.getByRole('textbox', { name: 'Question' }).fill('Which model exactly?')
  await page.getByRole('button', { name: 'Publish' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish these changes?' })
  await expect(dialog.getByText('question: Which model? → Which model exactly?')).toBeVisible()
  await expect(dialog.getByText('Moved')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Published. Customers see it now.')).toBeVisible()
  const { published } = await api.call<{ published: { form: { fields: { label: string }[] } } }>(
    ADMIN,
    'GET',
    `/api/admin/services/${id}`,
  )
  expect(published.form.fields.map(({ label }) => label)).toEqual([
    'How many?',
    'A laptop?',
    'Which model exactly?',
  ])
})
