import { useEffect, useRef, useState } from 'react'
import { inviteScheme, parseInvite } from '../../shared/contract/invite.ts'
import type { ServerField } from '../../shared/contract/doctor.ts'
import type { ServerProfile } from '../../shared/contract/model.ts'
import { profileOf } from '../../shared/contract/profile.ts'
import { useAttempt } from '../store/use-attempt.ts'
import { credentialsIn } from './address.ts'
import { showField, showFirstWrong } from './profile/show-field.ts'
import { useProfileForm } from './profile/use-profile-form.ts'
import { fillServerFields, readServerFields, type InvalidField, type ServerFields } from './server-fields.ts'
import { useFindServer } from './use-find-server.ts'

/** The profile of a new server. */
const usual = profileOf()
const noSecrets: readonly string[] = []

/**
 * @param server the server to edit; undefined for a new one.
 * @param focus the field that has the focus at first.
 * @param onSubmit saves, with the server identity that the person has accepted.
 * @returns the state of a server's form.
 */
export const useServerForm = (
  server: ServerProfile | undefined,
  focus: ServerField,
  onSubmit: (fields: ServerFields, accepts?: string) => Promise<void>,
) => {
  const { attempt, busy, error } = useAttempt()
  const { find, trying, isUnfound } = useFindServer(server)
  const { form: profile, read } = useProfileForm(server?.profile ?? usual, server?.keptSecrets ?? noSecrets)
  const [invalid, setInvalid] = useState<InvalidField | null>(null)
  const forget = useState(false)
  /** The address is an invitation link that can't be parsed. */
  const [unreadable, setUnreadable] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  /** How often there was something wrong to show. */
  const [wrongs, setWrongs] = useState(0)
  useEffect(() => {
    if (wrongs > 0 && element.current) showFirstWrong(element.current)
  }, [wrongs])

  useEffect(() => {
    if (element.current) showField(element.current, focus)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on opening: later the person decides where the focus is
  }, [])

  /** @returns the values with an address where a server answers, which its field shows unless the person has changed it meanwhile. */
  const found = async (fields: ServerFields): Promise<ServerFields> => {
    const input = element.current?.querySelector<HTMLInputElement>('input[name=url]')
    const typed = input?.value
    const answering = await find(fields)
    if (input && input.value === typed) input.value = answering.url
    return answering
  }
  /** @param isFound uses the address as it is, without checking whether a server answers. */
  const send = (accepts?: string, isFound = false): void => {
    if (unreadable || !element.current) return
    const told = read()
    const kept = server?.hasPasscode === true && !forget[0]
    const fields = readServerFields(
      new FormData(element.current),
      kept,
      told ?? { profile: usual, secrets: {} },
    )
    setInvalid(typeof fields === 'string' ? fields : null)
    if (told === null || typeof fields === 'string') setWrongs(count => count + 1)
    else void attempt(async () => onSubmit(isFound ? fields : await found(fields), accepts))
  }
  /** A user and a password in the address go into their fields, because the address is kept in plain text. */
  const takeCredentials = (input: HTMLInputElement): void => {
    const found = credentialsIn(input.value)
    if (!found) return
    input.value = found.url
    if (found.login !== '') profile.edit({ edit: 'set', at: 'connect.login', value: found.login })
    const passcode = input.form?.querySelector<HTMLInputElement>('input[name=passcode]')
    if (passcode && found.passcode !== '') passcode.value = found.passcode
  }
  const readLink = (input: HTMLInputElement): void => {
    takeCredentials(input)
    const { value, form } = input
    const isLink = value.toLowerCase().includes(`${inviteScheme}:`)
    const invite = isLink ? parseInvite(value) : null
    setUnreadable(isLink && invite === null)
    if (form && invite) fillServerFields(form, invite)
  }
  return { element, profile, invalid, forget, unreadable, readLink, send, busy, error, trying, isUnfound }
}
