/** The API as this portal calls it: made from openapi/customer.json, kept in the client's package. */
export type { components, operations, paths } from '@bsm-platform/client/customer'
