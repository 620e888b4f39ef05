import type { Page, Route } from '@playwright/test'
import { ADMIN, AGENT, ANA, type Api } from './api.ts'
import { liveSign, signOut, unique } from './pages.ts'
import type { Portal } from './places.ts'
import { expect } from './test.ts'

/** What comes over a page when two people, two devices or the network are at odds. */
export interface State {
  name: string
  portal: Portal
  /** Leads there, from a page on which nobody has done anything yet. */
  open: (page: Page, at: string, api: Api) => Promise<void>
  faults?: RegExp
}

const CONFLICT = /status of 412/
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

/** A change by a colleague, of what stands now. */
async function changeOf(api: Api, path: string, changes: object): Promise<void> {
  const { version } = await api.call<{ version: number }>(AGENT, 'GET', path)
  await api.call(AGENT, 'PATCH', path, changes, version)
}

export const states: State[] = [
  {
    name: 'ticket-conflict',
    portal: 'admin',
    faults: CONFLICT,
    open: async (page, at, api) => {
      const { number } = await api.openTicket(ANA, unique('Scanner on the second floor'))
      await page.goto(`${at}/tickets/${number}`)
      await page.getByRole('button', { name: 'Change the subject' }).click()
      await field(page, 'Subject').fill('The scanner on the second floor sends nothing, since Monday')
      const subject = unique('Scanner: nothing arrives')
      await changeOf(api, `/api/admin/tickets/${number}`, { subject })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByRole('dialog').getByText(subject)).toBeVisible()
    },
  },
  {
    name: 'article-conflict',
    portal: 'admin',
    faults: CONFLICT,
    open: async (page, at, api) => {
      const text = 'Plug in the cable.\n\nWait until the light is green.\n'
      const body = { title: unique('Docking station'), summary: 'In short.', body: text, category: 'Support' }
      const path = '/api/admin/knowledge-base'
      const { id } = await api.call<{ id: string }>(AGENT, 'POST', path, body)
      await page.goto(`${at}/knowledge-base/${id}`)
      await field(page, 'Text').fill(`${text}\nStill dark? Write to us.`)
      await field(page, 'Summary').fill('A light that is not green, and what to do then.')
      const theirs = { summary: 'What the lights mean.', body: text.replace('green', 'white') }
      await changeOf(api, `${path}/${id}`, theirs)
      await page.getByRole('button', { name: 'Save draft' }).click()
      await expect(page.getByRole('dialog').getByText(theirs.summary)).toBeVisible()
    },
  },
  {
    name: 'category-conflict',
    portal: 'admin',
    faults: CONFLICT,
    open: async (page, at, api) => {
      const [name, theirs] = [unique('Devices'), unique('Hardware')]
      const made = { kind: 'article', name, icon: 'laptop' }
      const category = await api.call<{ id: string; version: number }>(
        ADMIN,
        'POST',
        '/api/admin/categories',
        made,
      )
      await page.goto(`${at}/categories?kind=article`)
      await page.getByRole('button', { name: `Edit “${name}”` }).click()
      await page.getByRole('dialog').getByLabel('Name').fill('Computers')
      const path = `/api/admin/categories/${category.id}`
      await api.call(ADMIN, 'PATCH', path, { name: theirs }, category.version)
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await expect(page.getByRole('dialog').getByText(theirs)).toBeVisible()
    },
  },
  {
    name: 'ticket-written-elsewhere',
    portal: 'admin',
    faults: CONFLICT,
    open: async (page, at, api) => {
      const { number } = await api.openTicket(ANA, unique('Two devices'))
      await page.goto(`${at}/tickets/${number}`)
      const reply = page.getByRole('form', { name: 'Public reply' }).getByRole('textbox')
      await expect(reply).toBeVisible()
      const text =
        'Dear Ana,\n\nI looked at it on the way home: the cable is the old one. A new one is on its way.'
      const phone = { visibility: 'public', reply: text, note: '' }
      await api.call(ADMIN, 'PUT', `/api/admin/tickets/${number}/draft`, phone, 0)
      await reply.fill('Dear Ana, which cable do you use?')
      await expect(page.getByRole('region', { name: /You also wrote this reply/ })).toBeVisible()
      await expect(page.getByText('Draft saved')).toBeVisible()
    },
  },
  {
    name: 'ticket-offline',
    portal: 'admin',
    faults: /net::ERR_INTERNET_DISCONNECTED/,
    open: async (page, at, api) => {
      const { number } = await api.openTicket(ANA, unique('In a tunnel'))
      await page.goto(`${at}/tickets/${number}`)
      const reply = page.getByRole('form', { name: 'Public reply' })
      await expect(reply.getByRole('textbox')).toBeVisible()
      await page.context().setOffline(true)
      await reply.getByRole('textbox').fill('Dear Ana, I write this in a tunnel.')
      await expect(reply.getByText(/kept in this browser/)).toBeVisible()
      await expect(liveSign(page, 'Offline')).toBeVisible()
    },
  },
  {
    name: 'new-ticket-sent-before',
    portal: 'customer',
    faults: /net::ERR_CONNECTION_RESET|422/,
    open: async (page, at) => {
      await page.goto(`${at}/tickets/new`)
      await page.getByLabel('Subject').fill(unique('A lamp'))
      await page.getByLabel('Description').fill('It is dark.')
      const lose = async (route: Route) => {
        await route.fetch()
        await route.abort('connectionreset')
      }
      await page.route('**/api/customer/tickets', lose)
      await page.getByRole('button', { name: 'Send' }).click()
      await expect(page.getByText('could not be reached').first()).toBeVisible()
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.unroute('**/api/customer/tickets', lose)
      await page.getByLabel('Description').fill('It is dark, and the bulb is new.')
      await page.getByRole('button', { name: 'Send' }).click()
      await expect(page.getByRole('link', { name: /^Open TKT-/ })).toBeVisible()
    },
  },
  {
    name: 'new-api-key',
    portal: 'admin',
    open: async (page, at) => {
      await page.goto(`${at}/integrations/keys`)
      await page.getByRole('button', { name: 'New key' }).click()
      await page.getByRole('button', { name: 'Make the key' }).click()
      await expect(page.getByText('Choose at least one.')).toBeVisible()
      await page.getByRole('combobox', { name: 'Organization' }).click()
      await page.getByRole('option').first().click()
      await page.getByLabel('tickets:read').check()
    },
  },
  {
    name: 'made-api-key',
    portal: 'admin',
    open: async (page, at) => {
      await page.goto(`${at}/integrations/keys`)
      await page.getByRole('button', { name: 'New key' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('Billing')
      await page.getByLabel('tickets:read').check()
      await page.getByRole('button', { name: 'Make the key' }).click()
      await expect(page.getByRole('textbox', { name: 'Key' })).toHaveValue(/^bsm_[0-9A-Za-z]{71}$/)
    },
  },
  ...(['customer', 'admin'] as const).map((portal) => ({
    name: 'sign-out-question',
    portal,
    open: async (page: Page, at: string) => {
      await page.goto(`${at}/tickets/new`)
      await page.getByLabel('Description').fill('Begun, and not sent.')
      await signOut(page)
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  })),
]
