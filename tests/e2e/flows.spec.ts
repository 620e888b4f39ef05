import { ADMIN, AGENT, ANA } from './kit/api.ts'
import * as customer from './kit/customer.ts'
import { goTo, signIn, unique } from './kit/pages.ts'
import * as staff from './kit/staff.ts'
import { expect, soon, test } from './kit/test.ts'

/*
 * The ways of the product, each seen from both sides at once. Nobody reloads: what one does
 * must be at the other within two seconds (`soon`).
 */

test("a customer's ticket reaches the desk, and the desk's work the customer", async ({
  openSeat,
  place,
}) => {
  const subject = unique('The printer speaks in tongues')
  const [ana, agent] = [await openSeat(), await openSeat()]
  await signIn(ana, place, 'customer', ANA)
  await signIn(agent, place, 'admin', AGENT)
  await goTo(agent, 'Tickets')

  const number = await customer.openTicket(ana, subject, 'It prints runes since this morning.')
  await soon(staff.ticketRow(agent, subject)).toBeVisible()
  await staff.openTicket(agent, subject)
  await expect(agent.getByText('It prints runes since this morning.')).toBeVisible()

  await staff.reply(agent, 'Have you tried another cartridge?')
  await soon(customer.entry(ana, 'Have you tried another cartridge?')).toBeVisible()
  await soon(customer.step(ana)).toHaveText('In progress')
  await staff.choose(agent, 'Status', 'Pending')
  await soon(customer.step(ana)).toHaveText('Waiting for you')

  await customer.reply(ana, 'Yes, with the same result.')
  await soon(agent.getByText('Yes, with the same result.')).toBeVisible()
  await soon(staff.field(agent, 'Status')).toHaveValue('Open')

  await goTo(ana, 'Tickets')
  await expect(customer.ticketRow(ana, number)).toContainText('In progress')
  await staff.choose(agent, 'Priority', 'Urgent')
  await soon(customer.ticketRow(ana, number)).toContainText('Urgent')
  await staff.choose(agent, 'Status', 'Resolved')
  await soon(customer.ticketRow(ana, number)).toContainText('Resolved')
})

test('a service is published, ordered and retired', async ({ openSeat, place }) => {
  const name = unique('Ergonomics visit')
  const [ana, admin] = [await openSeat(), await openSeat()]
  await signIn(ana, place, 'customer', ANA)
  await signIn(admin, place, 'admin', ADMIN)
  await goTo(ana, 'Services')
  await goTo(admin, 'Services')

  await staff.draftService(admin, name)
  await expect(customer.serviceCard(ana, name)).toHaveCount(0)
  await staff.publish(admin)
  await soon(customer.serviceCard(ana, name)).toBeVisible()
  await goTo(admin, 'Tickets')

  await customer.serviceCard(ana, name).getByRole('link').click()
  await ana.getByLabel('Anything we should know?').fill('Second floor, by the window.')
  await ana.getByRole('button', { name: 'Send the order' }).click()
  await expect(customer.step(ana)).toHaveText('Received')
  const order = staff.ticketRow(admin, name)
  await soon(order).toBeVisible()
  await order.getByRole('link').click()
  await expect(admin.getByText('Second floor, by the window.')).toBeVisible()
  await staff.choose(admin, 'Status', 'Open')
  await soon(customer.step(ana)).toHaveText('In progress')

  await goTo(ana, 'Services')
  await expect(customer.serviceCard(ana, name)).toBeVisible()
  await staff.openService(admin, name)
  await staff.act(admin, 'Retire')
  await soon(customer.serviceCard(ana, name)).toHaveCount(0)
})

test('an article is published, found, edited and archived', async ({ openSeat, place, faults }) => {
  // What was open when it was archived asks for it once more, and is refused.
  faults.allow(/status of 404/)
  const word = unique('quill').replaceAll(' ', '')
  const title = `How to sharpen a ${word}`
  const [ana, admin] = [await openSeat(), await openSeat()]
  await signIn(ana, place, 'customer', ANA)
  await signIn(admin, place, 'admin', ADMIN)
  await goTo(ana, 'Help')

  await staff.draftArticle(admin, title, 'Hold it at an angle of ten degrees.')
  await expect(customer.articleCard(ana, title)).toHaveCount(0)
  await staff.publish(admin)
  await soon(customer.articleCard(ana, title)).toBeVisible()

  await ana.getByLabel('Search the help articles').fill(word)
  await expect(ana.getByRole('article')).toHaveCount(1)
  await customer.articleCard(ana, title).getByRole('link').first().click()
  await expect(ana.getByText('Hold it at an angle of ten degrees.')).toBeVisible()

  await staff.writeArticle(admin, 'Hold it at an angle of twenty degrees.')
  await expect(ana.getByText('ten degrees')).toBeVisible()
  await staff.publish(admin)
  await soon(ana.getByText('Hold it at an angle of twenty degrees.')).toBeVisible()

  await staff.act(admin, 'Archive')
  await soon(ana.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await goTo(ana, 'Help')
  await ana.getByLabel('Search the help articles').fill(word)
  await expect(ana.getByRole('heading', { name: 'No article found' })).toBeVisible()
})

test('a resolved ticket is rated, and the rating reaches the desk', async ({ openSeat, place, api }) => {
  const subject = unique('The door that would not close')
  const { number } = await api.openTicket(ANA, subject)
  const [ana, agent, other] = [await openSeat(), await openSeat(), await openSeat()]
  await signIn(ana, place, 'customer', ANA)
  await signIn(agent, place, 'admin', AGENT)
  await goTo(ana, 'Rating')
  await goTo(agent, 'Tickets')
  await staff.openTicket(agent, subject)
  await other.goto(`${place.admin}/feedback`)
  await staff.signInIfAsked(other, ADMIN)
  await expect(other.getByRole('heading', { level: 1, name: 'Feedback' })).toBeVisible()

  await staff.choose(agent, 'Status', 'Resolved')
  const card = customer.ratingCard(ana, subject)
  await soon(card).toBeVisible()
  await card.getByRole('radio', { name: '4 of 5: Satisfied' }).check()
  await card.getByLabel('Would you like to add something?').fill('It closes like a feather now.')
  await card.getByRole('button', { name: 'Send the rating' }).click()

  const given = staff.feedbackRow(other, number)
  await soon(given).toContainText('It closes like a feather now.')
  await soon(given.getByRole('img', { name: '4 of 5: Satisfied' })).toBeVisible()
  await soon(agent.getByRole('img', { name: '4 of 5: Satisfied' })).toBeVisible()

  await customer.changeRating(ana, subject, 5)
  await soon(given.getByRole('img', { name: '5 of 5: Very satisfied' })).toBeVisible()
  await soon(agent.getByRole('img', { name: '5 of 5: Very satisfied' })).toBeVisible()
})
