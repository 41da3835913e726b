// `npm run shots`: pictures of every page at three widths, to be looked at. Not a test.
import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

const widths = { desk: [1280, 800], tablet: [768, 1024], phone: [390, 844] } as const;

export default defineConfig({
  ...config,
  testDir: 'shots',
  testMatch: '*.shots.ts',
  projects: Object.entries(widths).map(([name, [width, height]]) => ({ name, use: { viewport: { width, height }, hasTouch: width < 1000, isMobile: width < 1000 } })),
});
