import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** English texts of the pages about the categories of services and articles, and those of all. */
export const categories = {
  ...en,

  'categories.intro': 'Customers see them in this order. Drag one, or move it by the arrow keys.',
  'categories.read_only': 'Administrators change categories; you can read them.',
  'categories.new': 'New category',
  'categories.create': 'Create the category',
  'categories.made': '“{name}” is created.',
  'categories.saved': '“{name}” is saved.',
  'categories.empty': 'No categories yet',
  'categories.empty_detail': 'They come with the first service or article that names one, or make one now.',
  'categories.services': { one: '{count} service', other: '{count} services' },
  'categories.articles': { one: '{count} article', other: '{count} articles' },
  'categories.grip': 'Move “{name}”: drag, or use the arrow keys',
  'categories.up': 'Move “{name}” up',
  'categories.down': 'Move “{name}” down',
  'categories.moved': '“{name}” moved to place {place} of {count}.',
  'categories.edit': 'Edit “{name}”',
  'categories.name_help': 'A new name shows at once wherever the category is, also in what is live.',
  'categories.taken': 'There is a category with this name already.',
  'categories.taken_merge':
    'There is a category with this name already. To make them one, close this and merge them.',
  'categories.stale': 'A colleague changed this category meanwhile. Close this and look again.',
  'categories.merge': 'Merge “{name}” into another',
  'categories.merge_into': 'Into',
  'categories.merge_detail':
    'What stands under it ({things}) moves there, live and in drafts, and “{name}” is deleted. This cannot be undone.',
  'categories.merge_act': 'Merge',
  'categories.merged': '“{name}” is merged into “{into}”.',
  'categories.delete': 'Delete “{name}”',
  'categories.delete_detail': 'Nothing stands under it.',
  'categories.delete_act': 'Delete',
  'categories.deleted': '“{name}” is deleted.',
  'categories.in_use': 'Something stands under it by now, so it cannot be deleted. Merge it instead.',
} as const

export const useT = defineCatalogs(categories)
export type T = ReturnType<typeof useT>
