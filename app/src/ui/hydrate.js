(async (version) => {
  try {
    const program = await import(`/pkg/affianco.js?v=${version}`);
    await program.default({ module_or_path: `/pkg/affianco.wasm?v=${version}` });
    program.hydrate();
  } catch (error) {
    document.getElementById('non-caricato').hidden = false;
    throw error;
  }
})
