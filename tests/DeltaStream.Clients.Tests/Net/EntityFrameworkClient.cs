using Microsoft.EntityFrameworkCore;

namespace DeltaStream.Clients.Tests.Net;

/// <summary>Entity Framework with the provider of Npgsql, over any connection.</summary>
/// <param name="use">Gives it the way to the service.</param>
internal sealed class EntityFrameworkClient(Action<DbContextOptionsBuilder> use) : NetClient
{
    private readonly StoreContext _context = new(use);

    public override ValueTask DisposeAsync() => _context.DisposeAsync();

    protected override async Task<object?> ScalarAsync(string sql) =>
        (await _context.Database.SqlQueryRaw<int>(sql).ToListAsync())[0];

    protected override Task ExecuteAsync(string sql) => _context.Database.ExecuteSqlRawAsync(sql);

    protected override async Task<object?> SelectAsync(string name, int most) =>
        (await _context.Stores.Where(s => s.Name == name).Take(most).ToListAsync())[0].Name;

    protected override async Task<object?> CountAsync() => await _context.Stores.CountAsync();

    protected override async Task<object?> CancelAsync(string sql)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        return await _context.Database.SqlQueryRaw<long>(sql).ToListAsync(cancellation.Token);
    }

    private sealed class StoreContext(Action<DbContextOptionsBuilder> use) : DbContext
    {
        public DbSet<StoreRow> Stores => Set<StoreRow>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => use(options);

        protected override void OnModelCreating(ModelBuilder model) =>
            model
                .Entity<StoreRow>()
                .HasNoKey()
                .ToSqlQuery("""SELECT name, status FROM deltastream.sys."stores" """)
                .Property(s => s.Name)
                .HasColumnName("name");
    }

    private sealed class StoreRow
    {
        public string Name { get; init; } = "";
    }
}
