/** A setting that is invalid; the sentence is `cli:<about>` with these params. */
export class Complaint extends Error {
  override readonly name = 'Complaint'
  readonly about:
    | 'configInvalid'
    | 'configValue'
    | 'unknownKey'
    | 'unknownVariable'
    | 'unknownOption'
    | 'unknownValue'
    | 'notANumber'
    | 'keyAlone'
    | 'passcodeTwice'
    | 'passcodeEmpty'
    | 'passcodeMissing'
    | 'missingValue'
    | 'missingFile'
    | 'dataMissing'
    | 'noArguments'
  readonly params: Readonly<Record<string, string | number>>

  constructor(about: Complaint['about'], params: Complaint['params'] = {}) {
    super(about)
    this.about = about
    this.params = params
  }
}
