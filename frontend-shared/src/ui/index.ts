export { AppShell, type NavItem } from './AppShell.tsx'
export {
  categoryLabel,
  customerStatusLabel,
  PriorityBadge,
  priorityLabel,
  StatusBadge,
  statusLabel,
} from './badges.tsx'
export { Brand, BrandMark, BrandView } from './Brand.tsx'
export { ConfirmDialog } from './ConfirmDialog.tsx'
export { DataList, PagedList, type Column } from './DataList.tsx'
export { CardGrid, Panel, WithAside } from './layout.tsx'
export { LiveIndicator } from './LiveIndicator.tsx'
export { NoticesProvider, useNotices } from './Notices.tsx'
export { Page, PageHeader } from './Page.tsx'
export { PersonName } from './PersonName.tsx'
export { Prose } from './Prose.tsx'
export { RequestId } from './RequestId.tsx'
export { SearchField } from './SearchField.tsx'
export { ServiceGlyph, ServiceIcon } from './ServiceIcon.tsx'
export { Highlight, Money } from './small.tsx'
export { Stars, StarsInput } from './Stars.tsx'
export { EmptyState, ErrorState, LoadingState } from './states.tsx'
export { ExactTime, RelativeTime } from './time.tsx'
