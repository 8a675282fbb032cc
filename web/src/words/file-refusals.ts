/** Sentences for refusals of files, and of what is imported from them. */
export const fileSentences = {
  'file.empty': ['文件里没有数据行。', 'The file holds no rows.'],
  'file.encoding': [
    '看不出文件用的是什么编码，请另存为 UTF-8 的 CSV，或用 Excel（xlsx）。',
    'The encoding of the file cannot be told; please save it as CSV in UTF-8, or as Excel (xlsx).',
  ],
  'import.broken-off': [
    '处理这份文件时服务多次中断，已停止；请拆成几份再导入。',
    'The server ended several times over this file; please split it.',
  ],
  'import.too-long': [
    '“全部正确才导入”一次最多两万行；请拆成几份，或改选“只导入正确的行”。',
    '“All or nothing” takes 20,000 rows at most; please split the file, or choose good rows only.',
  ],
  'import.undo-late': [
    '导入已超过三天，不能整批撤回；个别有误的，请逐条更正或登记为“错误记录”。',
    'It was imported more than three days ago: correct single records, or register them as wrong records.',
  ],
  'import.waiting': [
    '您已有五份文件在排队或正在导入，请等它们处理完再上传。',
    'Five of your files are waiting or being imported; please send more when they are done.',
  ],
  'import.day-full': [
    '您今天上传的导入文件已达上限，请明天再传。',
    'You have sent as much to be imported as one day allows; please go on tomorrow.',
  ],
  'import.no-header': ['文件里没有找到表头，请用模板填写。', 'No header row was found; please use the template.'],
  'file.type': ['不支持这种文件。', 'This type of file is not accepted.'],
  'file.broken': ['文件损坏或为空。', 'The file is broken or empty.'],
  'file.too-large': ['文件太大。', 'The file is too large.'],
  'file.too-much': [
    '这份文件要算的太多，没有算完；请拆成几份，或去掉大量雷同的行再传。',
    'The file takes too much work; please split it, or leave out the many rows that are alike.',
  ],
  'file.busy': ['前面还有文件在处理，请稍后再传。', 'Other files are being worked on; please send it a little later.'],
  'file.quota': ['您今天上传的文件已达上限，请明天再传。', 'You have sent as much as a day allows; go on tomorrow.'],
  'file.photos-only': ['这里只能上传照片。', 'Only photos can be sent here.'],
  'file.formulas': ['表格含有公式，请粘贴为数值后再传。', 'The sheet has formulas; paste values instead.'],
  'file.columns': ['缺少必要的列。', 'Columns are missing.'],
  'file.mislabelled': ['文件内容与类型不符。', 'The content is not what the label says.'],
  'file.unsafe': ['文件含有宏或脚本，不能上传。', 'The file carries macros or scripts.'],
} as const
