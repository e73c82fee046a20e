using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using DeltaStream.Data;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Transport;

namespace DeltaStream.Sdk.Catalog;

/// <summary>Reads <c>deltastream.sys."stores"</c> (D-001). It reads columns by name, because their number changes over time.</summary>
internal sealed class StoreCatalog(StoreTransport transport)
{
    // The most bytes of a response over REST. A row has some 200 bytes and the status message, so a list may have 300,000 stores.
    private const int OneRow = 1024 * 1024;
    private const int AllRows = 64 * 1024 * 1024;

    /// <summary>The most names of a query.</summary>
    public const int NamesInAQuery = 1000;

    /// <summary>Gets one store.</summary>
    /// <param name="name">The store's name.</param>
    /// <param name="role">The role that reads, because a role sees only its own rows (wire fact 3.1); null for the connection's.</param>
    /// <param name="redaction">What the caller hides in what the service says.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store. Null only when the catalog has no row for it, or says itself that there is no such store.</returns>
    public async Task<Store?> GetAsync(
        string name,
        string? role,
        SecretRedaction redaction,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var rows = await CatalogRows
                .StartAsync(
                    transport,
                    StoreStatement.Select(name),
                    role,
                    redaction,
                    OneRow,
                    cancellationToken,
                    isOneRow: true
                )
                .ConfigureAwait(false);
            await using var reading = rows.ConfigureAwait(false);
            return rows.HasRow ? Read(rows.Reader, null) : null;
        }
        catch (DbException e) when (e.SqlState == SqlStates.StoreNotFound)
        {
            // The same as no row.
            return null;
        }
    }

    /// <summary>Reads what DESCRIBE STORE shows of a store (wire fact 3.6).</summary>
    public async Task<DescribedValues> DescribeAsync(
        string name,
        string? role,
        SecretRedaction redaction,
        CancellationToken cancellationToken
    )
    {
        var rows = await CatalogRows
            .StartAsync(transport, StoreStatement.Describe(name), role, redaction, OneRow, cancellationToken)
            .ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        return rows.HasRow ? DescribedValues.Read(rows.Reader, redaction) : DescribedValues.Empty;
    }

    /// <summary>Gets several stores by their exact names, up to 1,000 in a query.</summary>
    /// <remarks>A query that fails for its size, or for a row that can't be read, is halved.</remarks>
    /// <returns>Those that the role can see, by name, and why others can't be read.</returns>
    public async Task<(Dictionary<string, Store> Stores, Dictionary<string, DbException> Faults)> GetAsync(
        IReadOnlyCollection<string> names,
        string? role,
        SecretRedaction redaction,
        CancellationToken cancellationToken
    )
    {
        var stores = new Dictionary<string, Store>(StringComparer.Ordinal);
        var faults = new Dictionary<string, DbException>(StringComparer.Ordinal);
        var chunks = new Stack<string[]>(names.Chunk(NamesInAQuery));
        while (chunks.TryPop(out var chunk))
        {
            try
            {
                await AddAsync(chunk).ConfigureAwait(false);
            }
            catch (DbException e) when (chunk.Length > 1 && MayFitInHalves(e))
            {
                chunks.Push(chunk[..(chunk.Length / 2)]);
                chunks.Push(chunk[(chunk.Length / 2)..]);
            }
            catch (UnreadableRowException e) when (names.Count > 1)
            {
                // It says nothing about the other stores.
                faults[chunk[0]] = e;
            }
        }

        return (stores, faults);

        async Task AddAsync(string[] chunk)
        {
            if (chunk is [var name])
            {
                if (await GetAsync(name, role, redaction, cancellationToken).ConfigureAwait(false) is { } one)
                {
                    stores[name] = one;
                }

                return;
            }

            var rows = ReadAsync(StoreStatement.SelectMany(chunk), role, redaction, AllRows, cancellationToken);
            await foreach (var store in rows.ConfigureAwait(false))
            {
                stores[store.Name] = store;
            }
        }
    }

    // A statement or a response that is too large, or 'no such store' that says nothing about the others.
    private static bool MayFitInHalves(DbException exception) =>
        exception is UnreadableRowException
        || exception.SqlState is SqlStates.StoreNotFound or "54000" or "54001"
        || exception
            is DeltaStreamException { HttpStatus: HttpStatusCode.RequestEntityTooLarge }
                or DeltaStreamException { IsTooLarge: true };

    /// <summary>Reads all stores by name, row by row.</summary>
    public IAsyncEnumerable<Store> ListAsync(
        string? role,
        SecretRedaction redaction,
        CancellationToken cancellationToken
    ) => ReadAsync(StoreStatement.Select(null), role, redaction, AllRows, cancellationToken);

    private async IAsyncEnumerable<Store> ReadAsync(
        StoreStatement select,
        string? role,
        SecretRedaction redaction,
        int maxResponseSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = await CatalogRows
            .StartAsync(transport, select, role, redaction, maxResponseSize, cancellationToken)
            .ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        Store? before = null;
        while (rows.HasRow)
        {
            before = Read(rows.Reader, before);
            yield return before;
            await rows.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Most rows have the type, state and owner of the one before. They share the texts, because thousands may be kept.
    private static Store Read(DbDataReader reader, Store? before) =>
        new()
        {
            Name = Text(reader, 0, "name"),
            Type = Shared(ServiceText.Visible(Text(reader, 1, "type")), before?.Type),
            State = Shared(ServiceText.Visible(Text(reader, 2, "status")), before?.State),
            StatusMessage = Column(reader, 3, "status_message", (r, i) => r.GetValue(i))
                is string { Length: > 0 } message
                ? ServiceText.Visible(message)
                : null,
            Owner = Shared(Text(reader, 4, "owner"), before?.Owner),
            CreatedAt = Timestamp(reader, 5, "created_at"),
            UpdatedAt = Timestamp(reader, 6, "updated_at"),
        };

    private static string Shared(string text, string? before) => text == before ? before : text;

    private static string Text(DbDataReader reader, int place, string column) =>
        Column(reader, place, column, static (r, i) => r.GetString(i));

    private static DateTimeOffset Timestamp(DbDataReader reader, int place, string column) =>
        Column(reader, place, column, static (r, i) => Timestamp(r.GetValue(i)));

    // The place is where the statement asks for the column. Every transport has its own exceptions for a column that is missing, NULL
    // or of another type.
    private static T Column<T>(DbDataReader reader, int place, string column, Func<DbDataReader, int, T> read)
    {
        try
        {
            var isThere = place < reader.FieldCount && reader.GetName(place) == column;
            return read(reader, isThere ? place : reader.GetOrdinal(column));
        }
        catch (Exception e)
            when (e
                    is InvalidCastException
                        or FormatException
                        or OverflowException
                        or ArgumentException
                        or IndexOutOfRangeException
            )
        {
            throw new UnreadableRowException(column, e);
        }
    }

    private static DateTimeOffset Timestamp(object value) =>
        value switch
        {
            DateTimeOffset time => time.ToUniversalTime(),
            // A time without a zone is UTC, because the clients ask for UTC (wire fact 3.4).
            DateTime { Kind: DateTimeKind.Unspecified } time => new DateTimeOffset(time, TimeSpan.Zero),
            DateTime time => new DateTimeOffset(time).ToUniversalTime(),
            string text => CatalogTimestamp.Parse(text),
            var other => throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"The value is a {other.GetType()}, not a timestamp.")
            ),
        };
}
