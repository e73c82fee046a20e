using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>Why a text is not JSON.</summary>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Span">Where.</param>
internal sealed record JsonFault(string Expected, string Found, TextSpan Span);
