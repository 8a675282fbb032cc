/** Words of the page of parts. */
export const partsZh = {
  title: '部件',
  off: '这里没有打开部件页',
  size: '尺寸',
  desk: '电脑',
  hand: '手机',
  elder: '长辈版',
  eldest: '长辈版，最大字',
  look: '颜色',
  plain: '原色',
  grey: '去色',
  wall: '大屏深色',
}
