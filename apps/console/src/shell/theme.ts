import type { ThemeConfig } from 'antd'

const fontFamily =
  '"PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'

/** What antd draws, in the colours and sizes of `web/src/ui/tokens.css`. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0f6088',
    colorInfo: '#0f6088',
    colorLink: '#0f6088',
    colorSuccess: '#2a7049',
    colorWarning: '#a34700',
    colorError: '#ab2419',
    colorText: '#171c22',
    colorTextSecondary: '#46505b',
    colorTextTertiary: '#646e79',
    colorTextPlaceholder: '#646e79',
    colorBorder: '#a7b0ba',
    colorBorderSecondary: '#e3e7ea',
    colorSplit: '#e3e7ea',
    colorBgLayout: '#f3f5f6',
    colorFillAlter: '#f8f9fa',
    controlItemBgActive: '#e7f1f6',
    controlItemBgHover: '#f0f4f6',
    borderRadius: 6,
    borderRadiusLG: 8,
    borderRadiusSM: 4,
    fontSize: 14,
    fontSizeSM: 12,
    fontSizeLG: 16,
    fontWeightStrong: 600,
    fontFamily,
    controlHeight: 32,
    controlHeightSM: 28,
    controlHeightLG: 44,
    lineWidthFocus: 2,
    motionDurationMid: '0.12s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 400 },
    Table: {
      headerBg: '#fff',
      headerColor: '#646e79',
      headerSplitColor: 'transparent',
      cellFontSize: 13,
      cellPaddingBlock: 9,
      cellPaddingInline: 8,
      rowHoverBg: '#f0f4f6',
      rowSelectedBg: '#e7f1f6',
      rowSelectedHoverBg: '#dceaf1',
    },
    Segmented: { trackBg: '#f0f4f6', itemSelectedBg: '#fff' },
  },
}
