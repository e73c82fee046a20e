using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaStream.Emulator;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>What open connections of the PostgreSQL protocol hold, each after one SELECT. The clients' sockets are within it.</summary>
/// <param name="Heap">Bytes of the heap for each, after a collection.</param>
/// <param name="WorkingSet">Bytes of the process for each, at the same time.</param>
internal sealed record Connections(double Heap, double WorkingSet)
{
    public const int Count = 1_000;

    public static async Task<Connections> MeasureAsync()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { NoAuth = true });
        // The first ones bring what all share.
        Array.ForEach(Open(emulator.PostgresEndpoint, 50), c => c.Dispose());
        var before = (Heap: Collect(), WorkingSet: Environment.WorkingSet);
        var clients = Open(emulator.PostgresEndpoint, Count);
        var heap = Collect() - before.Heap;
        var workingSet = Environment.WorkingSet - before.WorkingSet;
        Array.ForEach(clients, c => c.Dispose());
        return new Connections((double)heap / Count, (double)workingSet / Count);
    }

    // A driver would hold more than the server does, so this speaks the protocol's few bytes itself.
    private static Socket[] Open(IPEndPoint endpoint, int count)
    {
        var clients = new Socket[count];
        for (var i = 0; i < count; i++)
        {
            clients[i] = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            clients[i].Connect(endpoint);
            Send(clients[i], "", "\0\x03\0\0user\0deltastream\0\0");
            Send(clients[i], "Q", "SELECT count(*) FROM deltastream.sys.\"stores\"\0");
        }

        return clients;
    }

    private static void Send(Socket client, string type, string body)
    {
        var message = Encoding.ASCII.GetBytes($"{type}\0\0\0\0{body}");
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(type.Length), body.Length + 4);
        client.Send(message);
        Span<byte> end = stackalloc byte[6];
        Span<byte> answer = stackalloc byte[4096];
        // ReadyForQuery is the last message of every answer.
        do
        {
            var received = client.Receive(answer);
            if (received == 0)
            {
                throw new InvalidOperationException("The emulator ended the connection.");
            }

            end.Clear();
            answer[Math.Max(0, received - 6)..received].CopyTo(end);
        } while (!end.SequenceEqual("Z\0\0\0\x05I"u8));
    }

    private static long Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
