import type { Page } from '@playwright/test'
import * as customer from './kit/customer.ts'
import { type Desk, freePort, startDesk } from './kit/desk.ts'
import * as owner from './kit/owner.ts'
import { goTo } from './kit/pages.ts'
import * as staff from './kit/staff.ts'
import { expect, soon, test } from './kit/test.ts'

/*
 * The first day of a desk: an empty database, the first admin by the command line, and then by
 * clicking alone until ten tickets are worked to the end. What was done is what the figures say.
 */

const PEOPLE = [
  'email,name,role,organization,organization_role',
  'cleo@seeblick.example,Cleo Customer,customer,Seeblick Hotel,manager',
  'dora@seeblick.example,Dora Dienst,customer,Seeblick Hotel,member',
  'not-an-address,Fritz Faulty,customer,Seeblick Hotel,boss',
  'emil@seeblick.example,Emil Empfang,customer,Seeblick Hotel,member',
].join('\n')

let desk: Desk

test.beforeAll(async () => {
  desk = await startDesk(await freePort(), { BSM_DEMO: 'false' })
})
test.afterAll(async () => desk.stop())

/** Nothing of a page may be wider than a phone. */
async function fitsPhone(page: Page): Promise<void> {
  const wide = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize({ width: 390, height: 844 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width, page.url()).toBeLessThanOrEqual(390)
  await page.setViewportSize(wide)
}

test('from an empty database to ten tickets worked to the end', async ({ openBrowser, faults }) => {
  test.setTimeout(300_000)
  const seat = async () => (await openBrowser()).newPage()
  const boss = await seat()

  await test.step('the first admin is led through the first steps', async () => {
    const who = ['--email', 'olga@nordwind.example', '--name', 'Olga Owner', '--role', 'admin']
    const printed = await desk.bsm('user', 'create', ...who)
    const link = printed.split('\n').find((line) => line.startsWith('http')) ?? ''
    expect(link).toContain(`${desk.api}/admin/set-password#token=`)
    await owner.arrive(boss, link, 'olga@nordwind.example')
    const steps = boss.getByRole('region', { name: 'First steps of a new desk' })
    await expect(steps.getByText('0 of 5 done')).toBeVisible()
    await expect(steps.getByRole('link', { name: `${desk.api}/customer/` })).toBeVisible()
    await fitsPhone(boss)
    for (const [place, title] of [
      ['Tickets', 'No tickets here'],
      ['Services', 'No services here'],
      ['Knowledge base', 'No articles here'],
      ['Feedback', 'No ratings here'],
      ['Customers', 'No customers here'],
    ] as const) {
      await goTo(boss, place)
      await expect(boss.getByRole('heading', { name: title })).toBeVisible()
      await fitsPhone(boss)
    }
  })

  await test.step('settings: a name, a colour, no strangers', async () => {
    await goTo(boss, 'Settings')
    await boss.getByLabel('Name of the desk').fill('Nordwind')
    await boss.getByLabel('Colour', { exact: true }).fill('#b8336a')
    await boss.getByLabel('Days without a word').fill('3')
    await boss.getByLabel('People may make themselves an account').uncheck({ force: true })
    await boss.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(boss.getByRole('banner')).toContainText('Nordwind')
  })

  const [adam, bea] = [await seat(), await seat()]
  await test.step('two of staff', async () => {
    const links = [
      await owner.addAgent(boss, 'Adam Agent', 'adam@nordwind.example'),
      await owner.addAgent(boss, 'Bea Agent', 'bea@nordwind.example'),
    ]
    await owner.arrive(adam, links[0] ?? '', 'adam@nordwind.example')
    await owner.arrive(bea, links[1] ?? '', 'bea@nordwind.example')
    // The first steps are an admin's.
    await expect(adam.getByRole('region', { name: 'First steps of a new desk' })).toHaveCount(0)
    faults.allow(/status of 409/)
    await boss.goto(`${desk.api}/admin/users/new`)
    await boss.getByRole('textbox', { name: 'E-mail address' }).fill('adam@nordwind.example')
    await boss.getByRole('textbox', { name: 'Name' }).fill('Another Adam')
    await boss.getByRole('button', { name: 'Create the account' }).click()
    await expect(boss.getByText('Somebody has an account with this address already.')).toBeVisible()
  })

  const [cleo, dora, emil] = [await seat(), await seat(), await seat()]
  await test.step('an organization, and three customers by CSV with one faulty line', async () => {
    await goTo(boss, 'Users')
    await boss.getByRole('tab', { name: 'Organizations' }).click()
    await boss.getByRole('tabpanel').getByRole('button', { name: 'New organization' }).click()
    await boss.getByRole('dialog').getByRole('textbox').fill('Seeblick Hotel')
    await boss.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await expect(boss.getByRole('link', { name: 'Seeblick Hotel' })).toBeVisible()

    await boss.getByRole('link', { name: 'Import' }).click()
    const file = { name: 'seeblick.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) }
    await boss.locator('input[type=file]').setInputFiles(file)
    const preview = boss.getByRole('region', { name: 'What would happen' })
    await expect(preview.getByRole('row').filter({ hasText: 'not-an-address' })).toContainText(
      'must be one of: member, manager',
    )
    await preview.getByRole('button', { name: 'Import 3 lines' }).click()
    const dialog = boss.getByRole('dialog')
    await expect(dialog).toContainText('3 people are added. 1 line with problems is left out.')
    await dialog.getByRole('textbox').fill(file.name)
    await dialog.getByRole('button', { name: 'Import 3 lines' }).click()

    const result = boss.getByRole('region', { name: 'What was done' })
    const people = { cleo, dora, emil }
    for (const [name, page] of Object.entries(people)) {
      const email = `${name}@seeblick.example`
      await result.getByRole('button', { name: `Make a password link for ${email}` }).click()
      await owner.arrive(page, await owner.takeLink(boss), email)
    }
    await fitsPhone(boss)
    await expect(cleo.getByRole('banner')).toContainText('Nordwind')
  })

  await test.step('five services, one with a condition and one with a price', async () => {
    await owner.beginService(boss, 'New laptop', 'Workplace')
    await boss.getByRole('tab', { name: /^Order form/ }).click()
    await owner.addField(boss, 'One choice', 'Which size?')
    for (const [index, size] of ['13 inch', '15 inch'].entries()) {
      await boss.getByRole('button', { name: 'Add a choice' }).click()
      await boss.getByRole('textbox', { name: `Choice ${index + 1}, as shown` }).fill(size)
    }
    await boss.getByRole('switch', { name: 'An answer is required' }).check({ force: true })
    await owner.addField(boss, 'Short text', 'Why so large?')
    const condition = boss.getByRole('group', { name: 'Show only if' })
    await condition.getByRole('button', { name: 'Add a condition' }).click()
    await condition.getByRole('combobox', { name: 'Value' }).click()
    await boss.getByRole('option', { name: '15 inch' }).click()
    await owner.publishService(boss, 'New laptop')

    await owner.beginService(boss, 'Training hour', 'Consulting')
    await boss.getByRole('radio', { name: 'Fixed price' }).check()
    // As half of the world writes it.
    await boss.getByRole('textbox', { name: 'Amount' }).pressSequentially('90,50')
    await owner.publishService(boss, 'Training hour')
    await expect(boss.getByRole('region', { name: 'What customers see' })).toContainText('€90.50')
    for (const name of ['Access to the building', 'Mailbox for a team', 'Printer repair']) {
      await owner.beginService(boss, name, 'Workplace')
      await owner.publishService(boss, name)
    }
    await goTo(cleo, 'Services')
    await expect(cleo.getByRole('article')).toHaveCount(5)
  })

  await test.step('five articles, two of them for everybody', async () => {
    await owner.publishArticle(boss, 'Set up your mail', 'Accounts', 'Everybody')
    await owner.publishArticle(boss, 'Reset your password', 'Accounts', 'Everybody')
    for (const title of ['Print from anywhere', 'Work from home', 'Book a room']) {
      await owner.publishArticle(boss, title, 'Workplace', 'Customers')
    }
    await goTo(cleo, 'Help')
    await expect(cleo.getByRole('article')).toHaveCount(5)
    const guest = await seat()
    await guest.goto(`${desk.api}/customer/`)
    await expect(guest.getByRole('link', { name: 'Create one' })).toHaveCount(0)
    await guest.getByRole('link', { name: 'Read the help articles' }).click()
    await expect(guest.getByRole('article')).toHaveCount(2)
    // The desk is set up; its first steps are behind it.
    await goTo(boss, 'Overview')
    await expect(boss.getByRole('list', { name: 'Opened and resolved' })).toBeVisible()
    await expect(boss.getByRole('region', { name: 'First steps of a new desk' })).toHaveCount(0)
  })

  const numbers: string[] = []
  await test.step('ten tickets, three of them orders', async () => {
    await goTo(cleo, 'Services')
    await customer.serviceCard(cleo, 'New laptop').getByRole('link').click()
    await cleo.getByRole('button', { name: 'Send the order' }).click()
    await expect(cleo.getByText('1 field needs your attention.')).toBeVisible()
    await cleo.getByRole('radio', { name: '15 inch' }).check()
    await expect(cleo.getByText('1 field needs your attention.')).toHaveCount(0)
    await cleo.getByRole('textbox', { name: 'Why so large?' }).fill('For drawings')
    await cleo.getByRole('button', { name: 'Send the order' }).click()
    numbers.push(await owner.orderedNumber(cleo))
    for (const [page, subject] of [
      [cleo, 'My mail does not arrive'],
      [cleo, 'The projector flickers'],
      [dora, 'The printer jams'],
      [dora, 'Who has the key to room 12?'],
      [emil, 'The scanner is silent'],
      [emil, 'A colleague starts on Monday'],
      [emil, 'The clock is wrong'],
    ] as const) {
      numbers.push(await customer.openTicket(page, subject, 'Please help.'))
    }
    numbers.push(await owner.order(dora, 'Access to the building'), await owner.order(emil, 'Training hour'))
    expect(new Set(numbers).size).toBe(10)
    await soon(boss.getByRole('navigation', { name: 'Open tickets' })).toContainText('10Unassigned')
  })

  const answer = 'Done, please have a look.'
  await test.step('worked: assigned, a note, a question, resolved, one reopened', async () => {
    await goTo(adam, 'Tickets')
    await staff.openTicket(adam, 'My mail does not arrive')
    await adam.getByRole('button', { name: 'Assign to me' }).click()
    await adam.getByRole('radio', { name: 'Internal note' }).check({ force: true })
    const note = adam.getByRole('form', { name: 'Internal note' })
    await note.getByRole('textbox').fill('The server was restarted at eight.')
    await note.getByRole('button', { name: 'Save note' }).click()
    await expect(adam.getByRole('list', { name: 'Conversation' })).toContainText('restarted at eight')
    await adam.getByRole('radio', { name: 'Public reply' }).check({ force: true })
    await staff.reply(adam, 'At which address?')
    await staff.choose(adam, 'Status', 'Pending')
    await cleo.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click()
    await cleo.getByRole('link', { name: /My mail does not arrive/ }).click()
    await soon(customer.step(cleo)).toHaveText('Waiting for you')
    await expect(cleo.getByText('restarted at eight')).toHaveCount(0)
    await customer.reply(cleo, 'At all of them.')

    for (const [index, number] of numbers.entries()) {
      await owner.resolve(index % 2 === 0 ? adam : bea, number, answer)
    }
    await goTo(dora, 'Tickets')
    await customer.ticketRow(dora, 'The printer jams').getByRole('link').first().click()
    await dora.getByRole('button', { name: 'It is not solved' }).click()
    await expect(dora.getByText('Tell us below what is still missing.')).toBeVisible()
    await customer.reply(dora, 'It jams again.')
    await owner.resolve(bea, numbers[3] ?? '', 'A new roller is in.')
  })

  await test.step('all are rated, some are closed', async () => {
    await owner.rateAll(cleo, [5, 4, 5])
    await owner.rateAll(dora, [5, 3, 1])
    await owner.rateAll(emil, [4, 5, 5, 2])
    for (const [page, subject] of [
      [cleo, 'My mail does not arrive'],
      [dora, 'The printer jams'],
      [emil, 'The clock is wrong'],
    ] as const) {
      await goTo(page, 'Tickets')
      await customer.ticketRow(page, subject).getByRole('link').first().click()
      await page.getByRole('button', { name: 'Thanks, that solved it' }).click()
      await soon(customer.step(page)).toHaveText('Closed')
    }
  })

  await test.step('what was done is what the figures say', async () => {
    const today = boss.getByRole('region', { name: 'Today' })
    await soon(today.getByRole('link', { name: /^Opened/ })).toHaveText('Opened10')
    await soon(today.getByRole('link', { name: /^Resolved/ })).toHaveText('Resolved10')
    await soon(today.getByRole('link', { name: /^First answers/ })).toHaveText('First answers10')
    await soon(today.getByRole('link', { name: /^Ratings given/ })).toHaveText('Ratings given3.9 of 510')
    const needed = boss.getByRole('region', { name: 'Needs somebody now' })
    await soon(needed.getByRole('listitem')).toHaveText([
      'Unassigned0',
      'Waiting for our answer0',
      'Reopened0',
      'Low scores nobody has looked at2',
    ])

    await goTo(boss, 'Feedback')
    await expect(boss.getByRole('list', { name: 'Figures of the period' }).getByRole('listitem')).toHaveText([
      /^Satisfied70%7 of 10 gave 4 or 5/,
      /^Average3\.9.*of 10 ratings/,
      /^Response rate91%10 of 11 resolutions rated/,
      /^Resolutions11/,
      /^Reopened9%1 of 11, by customers/,
      /^To look at2/,
    ])
    const queue = boss.getByRole('list', { name: 'Low scores to look at' })
    for (const left of [1, 0]) {
      await queue
        .getByRole('button', { name: /^Mark as seen/ })
        .first()
        .click()
      await soon(queue.getByRole('listitem')).toHaveCount(left)
    }
    await expect(boss.getByText('No low score waits for somebody to look at it.')).toBeVisible()

    await goTo(boss, 'Customers')
    const customers = boss.getByRole('table', { name: 'Customers' }).getByRole('row')
    await expect(customers).toHaveCount(4)
    for (const [name, tickets, rating] of [
      ['Cleo', 3, '4.67'],
      ['Dora', 3, '3'],
      ['Emil', 4, '4'],
    ] as const) {
      const cells = customers.filter({ hasText: name }).getByRole('cell')
      await expect(cells.nth(1)).toHaveText(String(tickets))
      await expect(cells.nth(5)).toHaveText(new RegExp(`${rating}${tickets} ratings`))
      await expect(cells.nth(6)).toHaveText('1')
    }

    await goTo(boss, 'Tickets')
    const views = boss.getByRole('navigation', { name: 'Views' }).getByRole('link')
    await expect(views.filter({ hasText: /^All open/ })).toHaveText('All open0')
    await expect(views.filter({ hasText: /^Resolved/ })).toHaveText('Resolved7')
    await expect(views.filter({ hasText: /^Closed/ })).toHaveText('Closed3')
  })
})
