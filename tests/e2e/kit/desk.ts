import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../../..')
const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 15_000

const run = promisify(execFile)

const binary = () => resolve(ROOT, process.env['BSM_BIN'] ?? 'target/debug/bsm')

/** A running server on demo data of its own, if not told otherwise. */
export interface Desk {
  /** Where Node reaches the API. */
  api: string
  /** Everything the server wrote. */
  log: string
  /** Runs another command of the binary beside it, with its settings; answers what it printed. */
  bsm: (...command: string[]) => Promise<string>
  stop: () => Promise<void>
}

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Starts the real binary on a fresh folder and waits until it is ready.
 *
 * Throws, with the log's place, when it ends early or does not become ready in time.
 */
export async function startDesk(port: number, settings: Record<string, string> = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'bsm-e2e-'))
  const log = join(folder, 'server.log')
  const output = openSync(log, 'a')
  const env = {
    ...withoutSettings(process.env),
    BSM_BIND: `127.0.0.1:${port}`,
    BSM_DATA_DIR: join(folder, 'data'),
    BSM_DEMO: 'true',
    BSM_LIMITS: 'off',
    BSM_WEBHOOK_ALLOW_PRIVATE: 'true',
    ...settings,
  }
  const child = spawn(binary(), ['serve'], { cwd: ROOT, stdio: ['ignore', output, output], env })
  closeSync(output)
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  const api = `http://127.0.0.1:${port}`
  const stop = async () => {
    await end(child, ended)
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await becomesReady(api, child))) {
    await end(child, ended)
    throw new Error(`${binary()} did not become ready; its log is in ${log}`)
  }
  const bsm = async (...command: string[]) => (await run(binary(), command, { cwd: ROOT, env })).stdout
  return { api, log, bsm, stop }
}

/** The caller's own installation must not reach the tests. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = (name: string) =>
    name === 'DATABASE_URL' || (name.startsWith('BSM_') && name !== 'BSM_TEST_RUN')
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own(name)))
}

async function becomesReady(api: string, child: ChildProcess): Promise<boolean> {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until && child.exitCode === null && child.pid !== undefined) {
    const answer = await fetch(`${api}/readyz`).catch(() => null)
    if (answer?.ok) return true
    await new Promise((next) => setTimeout(next, 100))
  }
  return false
}

/** Asks a process to end, and ends it when it does not. */
export async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const force = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS)
  child.kill('SIGTERM')
  await ended
  clearTimeout(force)
}
