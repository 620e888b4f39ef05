export { DynamicForm, formFieldErrors } from './DynamicForm.tsx'
export { carriesValue, visibleFields } from './evaluate.ts'
export { useFormDraft, type FormDraft } from './useFormDraft.ts'
export { answersOf, checkForm, initialValues } from './validate.ts'
