import { ADMIN, AGENT, ANA, BEN, type Api } from './kit/api.ts'
import { fillSignIn, liveSign, signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

interface Article {
  id: string
  slug: string
  title: string
  body: string
  version: number
  latest_revision: number
}

const LIST = '/api/admin/knowledge-base'

const write = (api: Api, content: object) => api.call<Article>(AGENT, 'POST', LIST, content)

async function publish(api: Api, content: object): Promise<Article> {
  const { id } = await write(api, content)
  return api.call<Article>(AGENT, 'POST', `${LIST}/${id}/publish`, {})
}

async function change(api: Api, id: string, changes: object, who = AGENT): Promise<Article> {
  const { version } = await api.call<Article>(who, 'GET', `${LIST}/${id}`)
  return api.call<Article>(who, 'PATCH', `${LIST}/${id}`, changes, version)
}

test('the history of an article shows what changed, follows colleagues, and leads back', async ({
  openSeat,
  place,
  api,
}) => {
  const title = unique('How to brew tea')
  const body = ['Boil water.', ...Array.from({ length: 12 }, (_, n) => `Step ${n}.`), 'Drink it hot.'].join(
    '\n',
  )
  const { id } = await write(api, { title, body, tags: ['kitchen'], visibility: 'public' })
  await change(api, id, { body: body.replace('hot', 'cold'), tags: [], note: 'For the summer' })

  const page = await openSeat()
  await signIn(page, place, 'admin', ADMIN)
  await page.goto(`${place.admin}/knowledge-base/${id}`)
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `History of “${title}”` })).toBeVisible()
  const list = page.getByRole('region', { name: 'Revisions' })
  await expect(list.getByRole('link', { name: /Revision 2 Newest.*For the summer/ })).toBeVisible()
  const text = page.getByRole('table', { name: 'Text' })
  await expect(text.getByRole('row').filter({ hasText: 'Drink it' })).toContainText(
    'Removed: Drink it hot.Line after 14+Added: Drink it cold.',
  )
  await expect(text.locator('del')).toHaveText('hot')
  await expect(text.locator('ins')).toHaveText('cold')
  await expect(text.getByText('Step 2.')).toHaveCount(0)
  await text.getByRole('button', { name: 'Show 10 unchanged lines' }).click()
  await expect(text.getByText('Step 2.').first()).toBeVisible()
  await expect(page.getByText('kitchen')).toBeVisible()

  // A colleague saves: the list follows, what one reads stays.
  await expect(liveSign(page, 'Live')).toBeVisible()
  await change(api, id, { body: 'Buy it in a bottle.' })
  await soon(list.getByRole('link', { name: /Revision 3 Newest/ })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Revision 2' })).toBeVisible()

  await list.getByRole('link', { name: 'Revision 1' }).click()
  await expect(page.getByText('This is the first revision')).toBeVisible()
  await page.getByRole('combobox', { name: 'Compared with' }).click()
  await page.getByRole('option', { name: /Revision 3/ }).click()
  await expect(text.getByText('Buy it in a bottle.')).toBeVisible()
  await page.getByRole('button', { name: 'Restore this revision' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue(body)
  const restored = await api.call<Article>(ADMIN, 'GET', `${LIST}/${id}`)
  expect(restored).toMatchObject({ latest_revision: 4, body, title })
})

test('an address that is taken is kept out of a restoration, if the author wants', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 409/)
  const slug = unique('wanted').toLowerCase().replaceAll(' ', '-')
  const { id } = await write(api, { title: 'The old name', slug, body: 'One' })
  await change(api, id, { slug: `${slug}-new`, body: 'Two' })
  await write(api, { title: 'Takes the address', slug })
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/knowledge-base/${id}/history?n=1`)
  await page.getByRole('button', { name: 'Restore this revision' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  const dialog = page.getByRole('dialog', { name: 'The old address is taken' })
  await expect(dialog).toContainText(slug)
  await dialog.getByRole('button', { name: 'Restore all but the address' }).click()
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('One')
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue(`${slug}-new`)
})

test('a note with a save stands in the history', async ({ openSeat, place, api }) => {
  const { id } = await write(api, { title: unique('Noted'), body: 'One', category: 'Support' })
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/knowledge-base/${id}`)
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Two')
  await page.getByRole('textbox', { name: 'What did you change?' }).fill('Better words')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('textbox', { name: 'What did you change?' })).toHaveValue('')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('link', { name: /Revision 2.*Better words/ })).toBeVisible()
})

test('a reader says why an article did not help, and authors see it', async ({ openSeat, place, api }) => {
  const { id, slug, title } = await publish(api, { title: unique('Not much help'), body: 'Text' })
  const page = await openSeat()
  await signIn(page, place, 'customer', BEN)
  await page.goto(`${place.customer}/help/${slug}`)
  await page.getByRole('button', { name: 'No', exact: true }).click()
  await page.getByRole('checkbox', { name: 'It is outdated' }).check()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText('The authors read this.')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Change reasons' }).click()
  await expect(page.getByRole('checkbox', { name: 'It is outdated' })).toBeChecked()
  await page.getByRole('checkbox', { name: 'It is outdated' }).uncheck()
  await page.getByRole('checkbox', { name: 'Something is missing' }).check()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('button', { name: 'Change reasons' })).toBeVisible()

  const author = await openSeat()
  await signIn(author, place, 'admin', AGENT)
  await author.goto(`${place.admin}/knowledge-base`)
  await author.getByRole('combobox', { name: 'Order' }).selectOption('Least helpful first')
  const row = author.getByRole('row').filter({ hasText: title })
  await expect(row).toContainText('Something is missing: 1')
  await expect(row).not.toContainText('Outdated')
  await author.goto(`${place.admin}/knowledge-base/${id}`)
  await expect(author.getByText('0 found it helpful, 1 did not')).toBeVisible()
})

test('what a customer searches in vain reaches the authors, who write about it', async ({
  openSeat,
  place,
}) => {
  const words = unique('zebra crossing').toLowerCase()
  const begun = words.slice(0, -2)
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/help`)
  const field = page.getByRole('searchbox', { name: 'Search' })
  const nothing = page.getByRole('heading', { name: 'No article found' })
  await field.fill(begun)
  await expect(nothing).toBeVisible()
  // It is told some seconds after the last letter.
  const told = page.waitForResponse((answer) => answer.url().endsWith('/api/customer/empty-searches'), {
    timeout: 20_000,
  })
  await field.fill(words)
  expect((await told).status()).toBe(204)
  await expect(nothing).toBeVisible()

  const author = await openSeat()
  await signIn(author, place, 'admin', AGENT)
  await author.goto(`${place.admin}/knowledge-base`)
  await author.getByRole('link', { name: 'Searches without an answer' }).click()
  await author.getByRole('combobox', { name: 'Order' }).selectOption('Latest first')
  const row = author.getByRole('row').filter({ hasText: words })
  await expect(row).toBeVisible()
  // Nothing of what was typed on the way.
  await expect(author.getByText(begun, { exact: true })).toHaveCount(0)
  await row.getByRole('link', { name: /^Write an article/ }).click()
  await expect(author.getByRole('textbox', { name: 'Title' })).toHaveValue(new RegExp(`^${words}$`, 'i'))
  await author.goBack()
  await row.getByRole('button', { name: /^Set/ }).click()
  await expect(row).toHaveCount(0)
})

test('an article is written from a ticket, and linked in a reply by keyboard alone', async ({
  openSeat,
  place,
  api,
}) => {
  const subject = unique('Where is the toner')
  const ticket = await api.openTicket(ANA, subject)
  await api.say(ticket.number, 'In the blue cupboard.', 'public')
  await api.say(ticket.number, 'They ask this daily.', 'internal')
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/tickets/${ticket.number}`)
  await page.getByRole('link', { name: 'Write an article from this' }).click()
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  await expect(text).toHaveValue(/## Answer\n\nIn the blue cupboard\./)
  await expect(text).not.toHaveValue(/daily/)
  await page.getByRole('combobox', { name: 'Category' }).fill('Support')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('link', { name: ticket.number })).toBeVisible()

  await page.goto(`${place.admin}/tickets/${ticket.number}`)
  await expect(page.getByRole('link', { name: new RegExp(subject) })).toBeVisible()
  const reply = page.getByRole('textbox', { name: 'Public reply' })
  await reply.fill('Please read .')
  await reply.press('ArrowLeft')
  await page.getByRole('button', { name: 'Insert article' }).press('Enter')
  const search = page.getByRole('combobox', { name: 'Search published articles' })
  await expect(search).toBeFocused()
  await search.fill(subject)
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('In the blue cupboard.')
  await search.press('Enter')
  await expect(reply).toHaveValue(
    /^Please read \[Where is the toner [^\]]+\]\([^)]*help\/where-is-the-toner-[^)]+\)\.$/,
  )
  await expect(reply).toBeFocused()
})

test('readers are counted for authors', async ({ openBrowser, openSeat, place, api }) => {
  const { id, slug } = await publish(api, { title: unique('Read it'), body: 'Text' })
  const people = await openBrowser({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
  const page = await people.newPage()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/help/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect
    .poll(
      async () => (await api.call<{ views_30_days: number }>(AGENT, 'GET', `${LIST}/${id}`)).views_30_days,
    )
    .toBe(1)
  const author = await openSeat()
  await signIn(author, place, 'admin', AGENT)
  await author.goto(`${place.admin}/knowledge-base/${id}`)
  await expect(author.getByRole('term').filter({ hasText: 'Views in 30 days' })).toBeVisible()
})

test('guests read what is for everybody, and sign in for the rest', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  // What is for customers is not there for guests.
  faults.allow(/status of 404/)
  const open = await publish(api, { title: unique('Open to all'), body: 'Come in.', visibility: 'public' })
  const closed = await publish(api, { title: unique('For customers'), body: 'Between us.' })
  const page = await (await openBrowser()).newPage()
  await page.goto(`${place.customer}/`)
  await page.getByRole('link', { name: 'Read the help articles' }).click()
  await page.getByRole('searchbox').fill(open.title)
  await page.getByRole('link', { name: open.title }).click()
  await expect(page.getByText('Come in.')).toBeVisible()
  await expect(page.getByText('Was this helpful?')).toHaveCount(0)

  await page.goto(`${place.customer}/help/${closed.slug}`)
  await expect(page.getByText('Between us.')).toHaveCount(0)
  await page.getByRole('link', { name: 'Sign in to read it' }).click()
  await fillSignIn(page, ANA)
  await expect(page.getByText('Between us.')).toBeVisible()
  await expect(page.getByText('Was this helpful?')).toBeVisible()
})
