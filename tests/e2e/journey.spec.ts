import type { Locator, Page } from '@playwright/test'
import { ADMIN, ANA, PASSWORD } from './kit/api.ts'
import { liveSign, unique } from './kit/pages.ts'
import { feedbackRow, figure, tile } from './kit/staff.ts'
import { expect, soon, test } from './kit/test.ts'

/*
 * From a form to its feedback, by keyboard alone: nothing here clicks, fills or focuses. What has
 * the focus must say so on the screen.
 */

test('a form is built, published, ordered, resolved and rated by keyboard alone', async ({
  openSeat,
  place,
}) => {
  test.setTimeout(180_000)
  const [staff, customer, watcher] = [await openSeat(), await openSeat(), await openSeat()]
  await signIn(staff, `${place.admin}/services/new`, ADMIN)
  await signIn(customer, `${place.customer}/services`, ANA)
  await signIn(watcher, `${place.admin}/feedback?period=today`, ADMIN)
  await expect(tile(watcher, 'Resolutions')).toBeVisible()
  const resolutions = await figure(watcher, 'Resolutions')
  const ratings = await ratingsOf(watcher)
  const name = unique('Keys for a door')

  await walkTo(staff, staff.getByRole('textbox', { name: 'Name', exact: true }))
  await staff.keyboard.type(name)
  await walkTo(staff, staff.getByRole('combobox', { name: 'Category' }))
  await staff.keyboard.type('Support')
  await staff.keyboard.press('Tab')
  await walkTo(staff, staff.getByRole('tab', { name: 'Content and terms' }), 'Shift+Tab')
  await staff.keyboard.press('ArrowRight')
  await expect(staff.getByRole('tab', { name: /^Order form/ })).toHaveAttribute('aria-selected', 'true')

  await addField(staff, 'Yes or no', 'Is it urgent?')
  await addField(staff, 'Short text', 'Why is it urgent?')
  await walkTo(staff, staff.getByRole('button', { name: 'Add a condition' }))
  await staff.keyboard.press('Enter')
  await walkTo(staff, staff.getByRole('combobox', { name: 'Value' }), 'Shift+Tab')
  await pick(staff, 'Yes')
  await expect(staff.getByText('Shown when “Is it urgent?” is Yes')).toBeVisible()
  await walkTo(staff, staff.getByRole('button', { name: 'Publish' }), 'Shift+Tab')
  await staff.keyboard.press('Enter')
  await expect(staff.getByText('Published. Customers see it now.')).toBeVisible()

  const card = customer.getByRole('link', { name })
  await soon(card).toBeVisible()
  await walkTo(customer, card)
  await customer.keyboard.press('Enter')
  await expect(customer.getByRole('heading', { level: 1, name })).toBeVisible()
  const why = customer.getByRole('textbox', { name: 'Why is it urgent?' })
  await expect(why).toBeHidden()
  await walkTo(customer, customer.getByRole('radio', { name: 'Yes' }))
  await customer.keyboard.press('Space')
  await expect(why).toBeVisible()
  await walkTo(customer, why)
  await customer.keyboard.type('The old one broke.')
  await walkTo(customer, customer.getByRole('button', { name: 'Send the order' }))
  await customer.keyboard.press('Enter')
  await expect(customer.getByText('Your order has reached us.')).toBeVisible()
  await expect(customer.getByRole('row', { name: 'Why is it urgent? The old one broke.' })).toBeVisible()
  const number = new URL(customer.url()).pathname.split('/').at(-1) ?? ''

  await staff.goto(`${place.admin}/tickets/${number}`)
  await expect(staff.getByRole('row', { name: 'Is it urgent? Yes' })).toBeVisible()
  const status = staff.getByRole('combobox', { name: 'Status' })
  await walkTo(staff, status)
  await pick(staff, 'Resolved')
  await expect(status).toHaveValue('Resolved')
  await expect.poll(() => figure(watcher, 'Resolutions'), { timeout: 2_000 }).toBe(resolutions + 1)

  const star = customer.getByRole('radio', { name: /^5/ })
  await soon(star).toBeAttached()
  await walkTo(customer, customer.getByRole('radio', { name: /^1/ }))
  await customer.keyboard.press('Space')
  for (let score = 2; score <= 4; score += 1) await customer.keyboard.press('ArrowRight')
  await expect(customer.getByRole('radio', { name: /^4/ })).toBeChecked()
  await walkTo(customer, customer.getByRole('button', { name: 'Send the rating' }))
  await customer.keyboard.press('Enter')
  await expect(customer.getByText('Thank you for your rating.')).toBeVisible()

  await soon(feedbackRow(watcher, number)).toBeVisible()
  await expect.poll(() => ratingsOf(watcher), { timeout: 2_000 }).toBe(ratings + 1)
})

/** Of how many ratings the page tells the average. */
async function ratingsOf(page: Page): Promise<number> {
  const text = (await tile(page, 'Average').textContent()) ?? ''
  return Number(/of (\d+) rating/.exec(text)?.[1] ?? 0)
}

async function signIn(page: Page, address: string, email: string): Promise<void> {
  await page.goto(address)
  await walkTo(page, page.getByLabel('E-mail address'))
  await page.keyboard.type(email)
  await walkTo(page, page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(liveSign(page, 'Live')).toBeVisible()
}

async function addField(page: Page, kind: string, label: string): Promise<void> {
  await walkTo(page, page.getByRole('button', { name: 'Add a field' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: kind })
  await expect(item).toBeVisible()
  await walkTo(page, item, 'ArrowDown')
  await page.keyboard.press('Enter')
  await expectFocus(page.getByRole('textbox', { name: 'Question' }))
  await page.keyboard.type(label)
}

/** Chooses an option of the list that has the focus. */
async function pick(page: Page, option: string): Promise<void> {
  const wanted = page.getByRole('option', { name: option, exact: true })
  if (!(await wanted.isVisible())) await page.keyboard.press('ArrowDown')
  await expect(wanted).toBeVisible()
  for (let step = 0; step < 20; step += 1) {
    if ((await wanted.getAttribute('data-combobox-selected')) !== null) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

/** Presses a key until the place has the focus, as somebody without a mouse does. */
async function walkTo(page: Page, place: Locator, key = 'Tab'): Promise<void> {
  const steps = 80
  for (let step = 0; step < steps; step += 1) {
    if (await place.evaluate((element) => element === document.activeElement).catch(() => false)) break
    await page.keyboard.press(key)
  }
  await expectFocus(place)
}

/** It has the focus, in sight, and something on the screen says so. */
async function expectFocus(place: Locator): Promise<void> {
  await expect(place).toBeFocused()
  await expect(place).toBeInViewport()
  const marked = await place.evaluate((element) => {
    // A radio that a drawing stands for is marked at its label, wherever that is.
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : null
    // A link that a whole card stands for is marked at the card.
    const card = element.closest('article, li')
    return [element, element.parentElement, element.closest('label'), label, card].some((box) => {
      if (!box) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(box)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
  })
  // Text fields show it by their border and caret.
  const typed = await place.evaluate((element) => element.matches('input:not([type=radio]), textarea'))
  expect(marked || typed, 'the focus can be seen').toBe(true)
}
