import { useMutation, useQueryClient, type MutateOptions, type QueryKey } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import { useNotices } from '../ui/Notices.tsx'
import { newCall, type CallPlace, type Once } from './callKeys.ts'
import { errorText, fieldErrors, requestIdOf } from './errors.ts'
import { DoneBefore, doOnce } from './once.ts'

interface ApiMutation<Input, Output> {
  /** Does it: usually one `unwrap(api.POST(…))`, with `once` among its headers. All it sends is in `input`. */
  run: (input: Input, once: Once) => Promise<Output>
  /** Where the form's call is kept, with its draft; else it lives as long as the form is open. */
  call?: (input: Input) => CallPlace
  /** Leads to what was made, for whoever sent it, did not hear of it, and sends something else. */
  made?: (output: Output) => { name: string; to: string }
  /** Queries whose data it changes; they are fetched again before `onDone`. */
  invalidates?: (output: Output, input: Input) => QueryKey[]
  onDone?: (output: Output, input: Input) => void | Promise<void>
  /** Said when it worked. */
  notice?: string | ((output: Output) => string)
  /** Receives the errors of fields; those alone then make no notice. */
  form?: { setErrors: (errors: Record<string, string>) => void }
  /** Return true when the page shows this error itself, so that no notice appears. */
  onFailed?: (error: unknown, input: Input) => boolean | void
}

/**
 * One write: errors in words (at their fields, or as a notice), queries brought up to date.
 * The same input given again while it is being sent is a double click, and is dropped; the
 * page learns too late of the first one to hold back the second.
 */
export function useApiMutation<Input = void, Output = unknown>(options: ApiMutation<Input, Output>) {
  const client = useQueryClient()
  const notices = useNotices()
  const t = useSharedT()
  const underWay = useRef(new Set<string>())
  const [own] = useState(placeInMemory)
  const bringUpToDate = (output: Output, input: Input) =>
    Promise.all(
      (options.invalidates?.(output, input) ?? []).map((queryKey) => client.invalidateQueries({ queryKey })),
    )

  const mutation = useMutation<Output, Error, Input>({
    mutationFn: (input) => doOnce(options.call?.(input) ?? own, input, options.run),
    onSuccess: async (output, input) => {
      // A draft's call ends with the draft: until then, sending it again must do nothing.
      own.set(newCall())
      await bringUpToDate(output, input)
      const { notice } = options
      if (notice) notices.success(typeof notice === 'string' ? notice : notice(output))
      await options.onDone?.(output, input)
    },
    onError: (error, input) => {
      if (error instanceof DoneBefore) {
        const before = error.before as Output | null
        if (before !== null) void bringUpToDate(before, input)
        const made = before === null ? undefined : options.made?.(before)
        notices.error(
          t('error.key_reused'),
          null,
          made && { label: t('error.key_reused_open', made), to: made.to },
        )
        return
      }
      if (options.onFailed?.(error, input)) return
      const errors = fieldErrors(error, t)
      if (options.form && Object.keys(errors).length > 0) options.form.setErrors(errors)
      else notices.error(errorText(error, t), requestIdOf(error))
    },
    onSettled: (_output, _error, input) => {
      underWay.current.delete(nameOf(input))
    },
  })
  const mutate = (input: Input, callbacks?: MutateOptions<Output, Error, Input>) => {
    const name = nameOf(input)
    if (underWay.current.has(name)) return
    underWay.current.add(name)
    mutation.mutate(input, callbacks)
  }
  return { ...mutation, mutate }
}

function placeInMemory(): CallPlace {
  let call = newCall()
  return {
    get: () => call,
    set: (next) => {
      call = next
    },
  }
}

const nameOf = (input: unknown) => JSON.stringify(input) ?? ''
