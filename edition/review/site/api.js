// What is asked of the server. Every answer is the whole state of a page; a refusal is an Error with both languages.

export class Refused extends Error {
  constructor(status, said) {
    super(said.en);
    this.status = status;
    this.said = said;
  }
}

async function answer(response) {
  const said = await response.json().catch(() => ({ zh: `状态 ${response.status}`, en: `status ${response.status}` }));
  if (!response.ok) throw new Refused(response.status, said);
  return said;
}

export const edition = async () => answer(await fetch("api/edition"));
export const page = async (number) => answer(await fetch(`api/page/${number}`));
export const scan = (number) => `api/page/${number}/scan`;

export async function change(number, asked) {
  const body = JSON.stringify(asked);
  return answer(await fetch(`api/page/${number}`, { method: "POST", headers: { "Content-Type": "application/json" }, body }));
}
