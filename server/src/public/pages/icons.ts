/** Small drawings of the resident pages, as lines in the colour of their text; what they say is said by words beside them. */
import type { Html } from './frame.ts'

const drawn = (inside: string): Html => ({ html: `<svg viewBox="0 0 24 24" aria-hidden="true">${inside}</svg>` })

export const icons = {
  brand: drawn(
    '<rect x="2" y="2" width="9" height="9" rx="2.5" fill="#0f6088"/><path d="M13 11V6.5A4.5 4.5 0 0 1 17.5 2H22v4.5a4.5 4.5 0 0 1-4.5 4.5z" fill="#0f6088"/><rect x="2" y="13" width="9" height="9" rx="2.5" fill="#93b4c6"/><rect x="13" y="13" width="9" height="9" rx="2.5" fill="#93b4c6"/>',
  ),
  phone: drawn(
    '<path d="M6.5 3h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.200a2 2 0 0 1 2-2.200z"/>',
  ),
  camera: drawn(
    '<path d="M4 7h3.500l1.500-2.500h6L16.500 7H20a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 20 19H4a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 4 7z"/><circle cx="12" cy="13" r="3.500"/>',
  ),
  search: drawn('<circle cx="10.500" cy="10.500" r="6.500"/><path d="m20 20-4.600-4.600"/>'),
  map: drawn('<path d="M9 4 3.500 6v14L9 18l6 2 5.500-2V4L15 6zM9 4v14M15 6v14"/>'),
  shield: drawn(
    '<path d="M12 3 5 5.500v6c0 4.500 3 7.700 7 9 4-1.300 7-4.500 7-9v-6z"/><path d="m9 11.800 2.200 2.200 4-4.200"/>',
  ),
  on: drawn('<path d="m9 6 6 6-6 6"/>'),
  done: drawn(
    '<circle cx="12" cy="12" r="9" fill="#0f6088" stroke="#0f6088"/><path d="m8 12.300 2.700 2.700L16 9.500" stroke="#fff"/>',
  ),
  here: drawn(
    '<circle cx="12" cy="12" r="8.500" stroke="#0f6088" stroke-width="2.200"/><path d="M12 6.500a5.500 5.500 0 0 1 0 11z" fill="#0f6088" stroke="none"/>',
  ),
  ahead: drawn('<circle cx="12" cy="12" r="8.500" stroke="#a7b0ba"/>'),
} as const
