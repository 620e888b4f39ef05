import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { readCompose, type Service } from './composeFile.ts'
import { end, freePort, withoutSettings } from './desk.ts'
import type { Place } from './places.ts'

const run = promisify(execFile)

const ROOT = resolve(import.meta.dirname, '../../..')
const BINARY = resolve(ROOT, process.env['BSM_BIN'] ?? 'target/debug/bsm')
const POSTGRES = join(ROOT, 'scripts/postgres.sh')
/** Remembers the private PostgreSQL, so that one that was left behind is found. */
const CLUSTER = join(ROOT, '.tools/e2e-compose-postgres')
const HEALTHY_WITHIN_MS = 60_000
/** Whoever runs the portals' web servers: nobody, as in their images nobody of importance does. */
const NOBODY = 65534

/** A desk made of the parts of docker-compose.yml. */
export interface Composed extends Place {
  /** Where each portal's web server listens, and the metrics of each replica. */
  parts: { customer: string; admin: string; metrics: string[] }
  stop: () => Promise<void>
}

/**
 * Starts what docker-compose.yml describes, without containers: PostgreSQL, the migration, two
 * replicas of the API, and each portal behind its own nginx, the customers' before the first
 * replica and the desk's before the second. Commands, environment, order and health checks are
 * those of the file; only names of hosts and ports become addresses of this machine.
 */
export async function startCompose(): Promise<Composed> {
  const parts = new Parts()
  try {
    return await parts.start()
  } catch (error) {
    await parts.stop()
    throw new Error(`the parts of docker-compose.yml did not start; logs are in ${parts.folder}`, {
      cause: error,
    })
  }
}

class Parts {
  readonly folder = mkdtempSync(join(tmpdir(), 'bsm-compose-'))
  private readonly log = join(this.folder, 'server.log')
  private readonly stops: (() => Promise<void>)[] = []
  /** What stands in the file, and what it is on this machine; longer texts first. */
  private readonly addresses: [string, string][] = []
  private readonly metrics: string[] = []

  async start(): Promise<Composed> {
    const ports = { customer: await freePort(), admin: await freePort() }
    const help = `http://help.bsm.localhost:${ports.customer}`
    const desk = `http://desk.bsm.localhost:${ports.admin}`
    const services = readCompose({
      POSTGRES_PASSWORD: 'apassword',
      BSM_JWT_SECRET: 'a secret of the tests, 32 bytes or more',
      CUSTOMER_URL: help,
      ADMIN_URL: desk,
      BSM_TRUSTED_PROXIES: '127.0.0.1',
    })
    const order = inOrder(services)
    const replicas: string[] = []
    for (const name of order) {
      const service = services[name] as Service
      switch (service.build?.target ?? service.image?.split(':')[0]) {
        case 'postgres':
          await this.startDatabase(name, service)
          break
        case 'api':
          if (service.command?.[0] !== 'serve') {
            await run(BINARY, service.command ?? [], { env: this.environment(service) })
            break
          }
          replicas.push(await this.startReplica(service), await this.startReplica(service))
          break
        case 'customer':
          await this.startPortal(service, 'customer', ports.customer, replicas[0])
          break
        case 'admin':
          await this.startPortal(service, 'admin', ports.admin, replicas[1])
          break
        default:
          throw new Error(`docker-compose.yml has a service that is not known here: ${name}`)
      }
    }
    return {
      customer: `${help}/customer`,
      admin: `${desk}/admin`,
      api: `http://${replicas[0]}`,
      log: this.log,
      parts: {
        customer: `http://127.0.0.1:${ports.customer}`,
        admin: `http://127.0.0.1:${ports.admin}`,
        metrics: this.metrics,
      },
      stop: async () => {
        await this.stop()
        rmSync(this.folder, { recursive: true, force: true })
      },
    }
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.splice(0).toReversed()) await stop()
  }

  private async startDatabase(name: string, service: Service): Promise<void> {
    await run('bash', [POSTGRES, 'stop', CLUSTER])
    this.stops.push(async () => {
      await run('bash', [POSTGRES, 'stop', CLUSTER])
    })
    const { stdout } = await run('bash', [POSTGRES, 'start', CLUSTER])
    const url = stdout.trim().split('\n').at(-1) ?? ''
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = service.environment ?? {}
    for (const sql of [
      `create role ${POSTGRES_USER} login password '${POSTGRES_PASSWORD}'`,
      `create database ${POSTGRES_DB} owner ${POSTGRES_USER}`,
    ]) {
      await run('psql', [url, '--quiet', '--command', sql])
    }
    const { hostname, port, host } = new URL(url)
    this.addresses.push([`@${name}/`, `@${host}/`])
    await this.healthy(service, { ...process.env, PGHOST: hostname, PGPORT: port })
  }

  private async startReplica(service: Service): Promise<string> {
    const [port, metrics] = [await freePort(), await freePort()]
    const env = {
      ...this.environment(service, [
        ['0.0.0.0:3000', `127.0.0.1:${port}`],
        ['0.0.0.0:9464', `127.0.0.1:${metrics}`],
      ]),
      // Not of the file: people and things to test with.
      BSM_DEMO: 'true',
      BSM_LIMITS: 'off',
    }
    this.launch(BINARY, service.command ?? [], env, this.log)
    await this.healthy(service, env)
    this.metrics.push(`http://127.0.0.1:${metrics}/metrics`)
    return `127.0.0.1:${port}`
  }

  /** The folders of the image, made of the same files. */
  private async startPortal(
    service: Service,
    portal: 'customer' | 'admin',
    port: number,
    replica = '',
  ): Promise<void> {
    const folder = join(this.folder, portal)
    for (const name of ['', 'files', 'run']) mkdirSync(join(folder, name), { recursive: true })
    cpSync(join(ROOT, 'deploy/portal'), join(folder, 'bin'), { recursive: true })
    cpSync(join(ROOT, `frontend-${portal}/dist`), join(folder, 'files', portal), { recursive: true })
    chmodSync(this.folder, 0o711)
    chmodSync(join(folder, 'run'), 0o777)
    const inside = service.ports?.[0]?.split(':').at(-1) ?? ''
    const env = {
      ...this.environment(service, [['api:3000', replica]]),
      LISTEN: `127.0.0.1:${port}`,
      FILES: join(folder, 'files'),
      RUN_DIR: join(folder, 'run'),
    }
    const script = join(folder, 'bin/start.sh')
    const drop = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups', script]
    const isRoot = process.getuid?.() === 0
    this.launch(isRoot ? 'setpriv' : script, isRoot ? drop : [], env, join(this.folder, `${portal}.log`))
    await this.healthy(service, env, [`127.0.0.1:${inside}`, `127.0.0.1:${port}`])
  }

  /** A service's environment, its addresses those of this machine. */
  private environment(service: Service, own: [string, string][] = []): NodeJS.ProcessEnv {
    const swap = (text: string) =>
      [...this.addresses, ...own].reduce((done, [there, here]) => done.replaceAll(there, here), text)
    const given = Object.entries(service.environment ?? {}).map(([name, text]) => [name, swap(text)])
    const path = `${process.env['PATH']}:/usr/sbin`
    return { ...withoutSettings(process.env), ...Object.fromEntries(given), PATH: path }
  }

  private launch(program: string, options: string[], env: NodeJS.ProcessEnv, log: string): void {
    const output = openSync(log, 'a')
    const child = spawn(program, options, { cwd: this.folder, stdio: ['ignore', output, output], env })
    closeSync(output)
    this.stops.push(() => ended(child))
  }

  /** Runs the service's own health check until it succeeds. */
  private async healthy(
    service: Service,
    env: NodeJS.ProcessEnv,
    [there, here]: [string, string] | [] = [],
  ): Promise<void> {
    const [kind, program = '', ...options] = service.healthcheck?.test ?? []
    if (kind !== 'CMD') throw new Error('a service has no health check that is a command')
    const command = program === 'bsm' ? BINARY : program
    const asked = options.map((text) => (there ? text.replace(there, here ?? '') : text))
    const until = Date.now() + HEALTHY_WITHIN_MS
    for (;;) {
      const failed = await run(command, asked, { env }).then(
        () => null,
        (error: unknown) => error,
      )
      if (!failed) return
      if (Date.now() > until)
        throw new Error(`${program} ${options.join(' ')} does not succeed`, { cause: failed })
      await new Promise((next) => setTimeout(next, 200))
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  return end(
    child,
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) done()
      child.once('exit', () => done())
      child.once('error', () => done())
    }),
  )
}

/** The services' names, each after those that it waits for. */
function inOrder(services: Record<string, Service>): string[] {
  const order: string[] = []
  const add = (name: string) => {
    for (const before of Object.keys(services[name]?.depends_on ?? {})) add(before)
    if (!order.includes(name)) order.push(name)
  }
  for (const name of Object.keys(services)) add(name)
  return order
}
