/**
 * Keys of a screen, declared where they work: a letter where nobody types and no dialog lies over it. The last declared
 * counts first. Whoever does not want single letters switches them off; `?` shows all that work now.
 */
import { useEffect, useId, useSyncExternalStore } from 'react'

export interface KeyAct {
  /** What it does, for the list of keys; without it the key is not listed. */
  readonly says?: string
  readonly act: () => void
}
/** What each key does now: `D`, `Enter`, `/`, or two in a row (`G H`). A key that does nothing now is left out. */
export type Keys = Readonly<Record<string, KeyAct | (() => void) | undefined>>

const fields = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox]'
const pressed = 'button, a, summary, [role=button], [role=tab], [role=option]'
const settingKey = 'fengge.keys'

const declared = new Map<string, Keys>()
const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())
/** The first of two keys in a row, until when it counts. */
let first: { readonly key: string; readonly until: number } | null = null

/** Whether letters belong to what has the focus, and not to the page. */
const isTyping = (target: EventTarget | null) => target instanceof Element && target.closest(fields) !== null
/** Whether the key would press what has the focus. */
const isPressing = (key: string, target: EventTarget | null) =>
  (key === 'Enter' || key === ' ') && target instanceof Element && target.closest(pressed) !== null
const isCovered = () => [...document.querySelectorAll('[role=dialog]')].some((dialog) => dialog.checkVisibility())

export const areKeysOn = (): boolean => localStorage.getItem(settingKey) !== 'off'

export function switchKeys(on: boolean): void {
  localStorage.setItem(settingKey, on ? 'on' : 'off')
  showSetting()
  tell()
}

/** Where they are off, buttons print none. */
function showSetting(): void {
  document.documentElement.dataset['keys'] = areKeysOn() ? 'on' : 'off'
}

function actOf(name: string): (() => void) | undefined {
  for (const keys of [...declared.values()].toReversed()) {
    const found = keys[name]
    if (found !== undefined) return typeof found === 'function' ? found : found.act
  }
  return undefined
}
const beginsTwo = (key: string) =>
  [...declared.values()].some((keys) => Object.keys(keys).some((name) => name.startsWith(`${key} `)))

/** Whether a press is meant for the page: not for a field, a button, the browser, or a dialog that lies over it. */
const isForPage = (event: KeyboardEvent): boolean =>
  !(event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) &&
  !isTyping(event.target) &&
  !isPressing(event.key, event.target) &&
  !isCovered()

/** What a key does, alone or as the second of two. */
function find(key: string, at: number): (() => void) | undefined {
  const before = first !== null && first.until > at ? first.key : null
  first = null
  return (before === null ? undefined : actOf(`${before} ${key}`)) ?? actOf(key)
}

function press(event: KeyboardEvent): void {
  const isLetter = event.key.length === 1
  if (!isForPage(event) || (isLetter && event.key !== '?' && !areKeysOn())) return
  const key = isLetter ? event.key.toUpperCase() : event.key
  const act = find(key, event.timeStamp)
  if (act !== undefined) {
    event.preventDefault()
    act()
  } else if (isLetter && beginsTwo(key)) first = { key, until: event.timeStamp + 1500 }
}

function declare(id: string, keys: Keys): void {
  if (declared.size === 0) {
    showSetting()
    window.addEventListener('keydown', press)
  }
  declared.set(id, keys)
}

function forget(id: string): void {
  declared.delete(id)
  if (declared.size === 0) window.removeEventListener('keydown', press)
}

export function useKeys(keys: Keys): void {
  const id = useId()
  useEffect(() => declare(id, keys))
  useEffect(() => () => forget(id), [id])
}

/** What works now, the newest first, for the list of keys. */
export const listKeys = (): readonly { readonly key: string; readonly says: string }[] =>
  [...declared.values()]
    .toReversed()
    .flatMap((keys) =>
      Object.entries(keys).flatMap(([key, found]) =>
        typeof found === 'object' && found.says !== undefined ? [{ key, says: found.says }] : [],
      ),
    )

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Whether single letters work on this device. */
export const useAreKeysOn = (): boolean => useSyncExternalStore(subscribe, areKeysOn)
