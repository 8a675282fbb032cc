/** What came of the rows of a page. */
export interface PageCounts {
  created: number
  changed: number
  same: number
  /** Rows whose place is no grid, since neither they nor their house say which. */
  noGrid: number
}

export const noCounts = (): PageCounts => ({ created: 0, changed: 0, same: 0, noGrid: 0 })
