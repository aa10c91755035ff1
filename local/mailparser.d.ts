declare module "mailparser" {
  interface ParsedMail {
    readonly subject?: string;
    readonly text?: string;
    readonly html?: string | false;
    readonly attachments: readonly {
      readonly filename?: string;
      readonly size: number;
      readonly contentType: string;
      readonly content: Uint8Array;
    }[];
  }
  export function simpleParser(raw: Uint8Array): Promise<ParsedMail>;
}
