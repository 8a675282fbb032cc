/** Drawings on the large buttons of the elder version. */
const pictures: Record<string, string> = {
  danger: 'M48 10 88 82H8Z M48 36v22 M48 68v4',
  quarrel: 'M14 20h44v30H34L22 62V50h-8Z M64 40h20v26h-6v10L68 66H48',
  help: 'M48 84S12 62 12 36c0-12 9-20 19-20 8 0 14 5 17 11 3-6 9-11 17-11 10 0 19 8 19 20 0 26-36 48-36 48Z',
  visits: 'M14 46 48 16l34 30v38H14Z M40 84V58h16v26',
  homes: 'M20 14h28v70H20Z M48 36h28v48H48Z M28 26h10 M28 42h10 M28 58h10 M58 48h8 M58 64h8',
  mine: 'M18 12h60v72H18Z M30 30h36 M30 46h36 M30 62h22',
}
export function Picture({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 96 96" aria-hidden="true">
      <path
        d={pictures[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
