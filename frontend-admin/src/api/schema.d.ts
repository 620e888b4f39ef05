/** The API as this portal calls it: made from openapi/admin.json, kept in the client's package. */
export type { components, operations, paths } from '@bsm-platform/client/admin'
