import { DOMParser, type Element, type Node } from '@xmldom/xmldom';

/** The namespace of SOAP 1.1. */
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const elementNode = 1;

/** A text as it stands between tags. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** Puts an element, as XML, into a SOAP 1.1 envelope. */
export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="${soap}"><soapenv:Header/><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** What stands in the body of an envelope: the name of its element, and the text of each of its leaves by the path to it. */
export type SoapBody = { name: string; namespace: string | null; texts: ReadonlyMap<string, string>; element: Element };

/**
 * Reads a SOAP 1.1 envelope. Document types, and with them entities of the sender's, are not taken.
 * @throws Error when it is no such envelope, without anything of its content
 */
export function readEnvelope(text: string): SoapBody {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new Error('the XML has a document type');
  const refuse = () => {
    throw new Error('it is not well-formed XML');
  };
  const parser = new DOMParser({ onError: refuse });
  const root = parser.parseFromString(text.trim() === '' ? '<nothing/>' : text, 'text/xml').documentElement;
  const body = root && isNamed(root, 'Envelope') && childrenOf(root).find((child) => isNamed(child, 'Body'));
  const [element, more] = body ? childrenOf(body) : [];
  if (!element || more) throw new Error('it is not a SOAP envelope with one element in its body');
  const texts = new Map<string, string>();
  gather(element, '', texts);
  return { name: nameOf(element), namespace: element.namespaceURI, texts, element };
}

const isNamed = ({ localName, namespaceURI }: Element, name: string) => localName === name && namespaceURI === soap;

const nameOf = ({ localName, nodeName }: Element) => localName ?? nodeName;

function childrenOf(parent: Node): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === elementNode);
}

/** Leaves by their path, `Result.Status`; of several of one name the first. */
function gather(element: Element, path: string, texts: Map<string, string>): void {
  const children = childrenOf(element);
  if (children.length === 0 && path !== '' && !texts.has(path)) texts.set(path, (element.textContent ?? '').trim());
  for (const child of children) gather(child, path === '' ? nameOf(child) : `${path}.${nameOf(child)}`, texts);
}
