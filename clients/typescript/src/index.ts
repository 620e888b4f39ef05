export { createClient, ifMatch, unwrap, writeQuery, type ClientOptions } from './client.ts'
export { listen, type ListenOptions, type Message } from './events.ts'
export { readStream, type StreamMessage } from './stream.ts'
export { readAll, type Page } from './pages.ts'
export {
  hasCode,
  isProblem,
  networkError,
  problemFrom,
  ProblemError,
  type FieldProblem,
  type LocalCode,
  type Problem,
} from './problem.ts'
export { verifyWebhook, WebhookError, type WebhookHeaders } from './webhooks.ts'
