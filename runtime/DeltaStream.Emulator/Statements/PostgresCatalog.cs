using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>Recognises what drivers ask about PostgreSQL's catalog when they connect, by the columns that they want.</summary>
internal static class PostgresCatalog
{
    /// <exception cref="StatementException">It is another question about that catalog.</exception>
    public static PostgresCatalogQuery? QueryOf(List<Token> tokens)
    {
        if (
            !tokens.Exists(t =>
                t.Kind == TokenKind.Word && t.Text.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            return null;
        }

        if (Has("elemtypoid"))
        {
            return PostgresCatalogQuery.Types;
        }

        if (Has("enumlabel") && Has("pg_enum"))
        {
            return PostgresCatalogQuery.EnumLabels;
        }

        if (Has("attname") && Has("atttypid"))
        {
            return PostgresCatalogQuery.CompositeFields;
        }

        if (Has("typarray") && Has("typelem"))
        {
            return PostgresCatalogQuery.ArrayTypes;
        }

        var isOnlyAType = !Has("pg_type") && !Has("pg_class") && !Has("pg_namespace") && !Has("format_type");
        return isOnlyAType && !ReadsFromCatalog() ? null : throw Missing();

        bool Has(string word) => tokens.Exists(t => t.IsWord(word));

        // pg_catalog.int4 in a cast is a type's name.
        bool ReadsFromCatalog()
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if (
                    tokens[i].IsWord("pg_catalog")
                    && (i == 0 || !(tokens[i - 1].IsSymbol(':') || tokens[i - 1].IsWord("AS")))
                )
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static StatementException Missing() =>
        new(
            SqlState.FeatureNotSupported,
            "the emulator has no PostgreSQL catalog",
            "Stores are listed by LIST STORES and by SELECT ... FROM deltastream.sys.\"stores\"."
        );
}
