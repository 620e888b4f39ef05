import { ADMIN, AGENT, type Api } from './kit/api.ts'
import { liveSign, signIn, unique } from './kit/pages.ts'
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
