import {
  BookOpen,
  ChartColumn,
  Cloud,
  CodeXml,
  Database,
  Headset,
  KeyRound,
  Laptop,
  Mail,
  Phone,
  Printer,
  Rocket,
  Server,
  Shield,
  Users,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import type { ServiceIconName } from '../api/types.ts'
import classes from './ServiceIcon.module.css'

const ICONS: Record<ServiceIconName, LucideIcon> = {
  headset: Headset,
  wrench: Wrench,
  shield: Shield,
  cloud: Cloud,
  server: Server,
  laptop: Laptop,
  phone: Phone,
  key: KeyRound,
  database: Database,
  chart: ChartColumn,
  book: BookOpen,
  users: Users,
  rocket: Rocket,
  code: CodeXml,
  printer: Printer,
  mail: Mail,
}

/** The picture alone, in the colour and line of the text beside it. */
export function ServiceGlyph({ name, size }: { name: ServiceIconName; size: number }) {
  const Icon = ICONS[name] ?? Headset
  return <Icon className={classes.glyph} size={size} strokeWidth={1.9} aria-hidden />
}

/** The picture of a service on its tile; decoration beside the name. */
export function ServiceIcon({ name, size = 44 }: { name: ServiceIconName; size?: number }) {
  const Icon = ICONS[name] ?? Headset
  return (
    <span className={classes.tile} style={{ inlineSize: size, blockSize: size }}>
      <Icon size={Math.round(size * 0.5)} strokeWidth={1.7} aria-hidden />
    </span>
  )
}
