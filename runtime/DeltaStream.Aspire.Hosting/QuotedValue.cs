using System.Data.Common;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace DeltaStream.Aspire.Hosting;

/// <summary>A secret as a value of a connection string: quoted, where it holds what means something there.</summary>
internal sealed class QuotedValue(ParameterResource secret)
    : IValueProvider,
        IManifestExpressionProvider,
        IValueWithReferences
{
    public string ValueExpression => secret.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [secret];

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        const string Key = "k";
        var quoted = new StringBuilder();
        var value = await secret.GetValueAsync(cancellationToken).ConfigureAwait(false);
        DbConnectionStringBuilder.AppendKeyValuePair(quoted, Key, value);
        return quoted.ToString(Key.Length + 1, quoted.Length - Key.Length - 1);
    }
}
