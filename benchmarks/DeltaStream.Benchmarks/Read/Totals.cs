namespace DeltaStream.Benchmarks.Read;

/// <summary>What a program makes of the rows; the same for every way to read them, or the run is void.</summary>
internal struct Totals : IEquatable<Totals>
{
    private long _rows;
    private long _ids;
    private long _letters;
    private decimal _price;
    private long _seconds;
    private long _paid;

    public readonly long Rows => _rows;

    public void Add(long id, string? customer, decimal price, DateTimeOffset at, bool paid)
    {
        _rows++;
        _ids += id;
        _letters += customer?.Length ?? 0;
        _price += price;
        _seconds += at.ToUnixTimeMilliseconds();
        _paid += paid ? 1 : 0;
    }

    public readonly bool Equals(Totals other) =>
        (_rows, _ids, _letters, _price, _seconds, _paid)
        == (other._rows, other._ids, other._letters, other._price, other._seconds, other._paid);

    public override readonly bool Equals(object? obj) => obj is Totals other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(_rows, _ids, _price);
}
