(async (script, wasm) => {
  try {
    const program = await import(script);
    await program.default({ module_or_path: wasm });
  } catch (error) {
    document.getElementById('non-caricato').hidden = false;
    throw error;
  }
})
