import { DeleteQuestion, type DeleteQuestionProps } from '../questions/delete-question.tsx'

export interface ForgetQuestionProps extends Pick<DeleteQuestionProps, 'title' | 'text' | 'onKeep'> {
  onForget(withHistory: boolean): Promise<void>
}

/** Asks before what was read of pages is deleted, and whether the visits go too. */
export function ForgetQuestion({ onForget, ...rest }: ForgetQuestionProps) {
  return (
    <DeleteQuestion
      {...rest}
      keepLabel="Keep it"
      failureBegins="Nothing was forgotten."
      answers={[
        { label: 'Forget what was read', onChoose: () => onForget(false) },
        { label: 'Forget the visits too', onChoose: () => onForget(true) },
      ]}
    />
  )
}
