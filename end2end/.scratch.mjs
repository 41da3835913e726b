import { chromium } from '@playwright/test';
const [,, account, path, out, width='1280', height='800', ...acts] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const base='http://127.0.0.1:18088';
const c = await b.newContext({ baseURL: base, viewport: { width:+width, height:+height }, locale:'it-IT', timezoneId:'Europe/Rome', extraHTTPHeaders:{} });
await c.request.post('/api/account/sign_in', { data:{login:account,password:'affianco'}, headers:{origin:base} });
const p = await c.newPage();
p.on('console', m => console.log('console', m.type(), m.text().slice(0,1500)));
p.on('pageerror', e => console.log('pageerror', String(e).slice(0,1500)));
await p.goto(path);
await p.waitForFunction(() => !document.querySelector('.user-menu button')?.disabled, null, { timeout: 20000 }).catch(e=>console.log('not alive'));
for (const a of acts) { const [k, v] = [a.slice(0,1), a.slice(2)]; if (k==='k') await p.keyboard.press(v); if (k==='f') await p.locator(v).first().focus(); if (k==='c') await p.locator(v).first().click(); if (k==='w') await p.waitForTimeout(+v); if(k==='e') console.log(JSON.stringify(await p.evaluate(v))); }
await p.screenshot({ path: out, fullPage: true });
await b.close();
