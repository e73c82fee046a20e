/** Prints what a step gives, or its SQLSTATE. */
export async function step(name, run) {
  try {
    console.log(name, await run());
  } catch (error) {
    console.log(name, error.code ?? error.message);
  }
}
