using System.Collections.Concurrent;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>Looks for secrets in every answer: outside of values that the sign of a secret marks there must be none (FR-007).</summary>
internal sealed class WireWatch : Interceptor
{
    /// <summary>The trailer that holds the details of a status.</summary>
    public const string Details = "grpc-status-details-bin";

    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConcurrentQueue<(string Method, IMessage Request, IMessage Response)> _calls = new();
    private int _seen;

    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>The calls that were answered, in their order.</summary>
    public IReadOnlyCollection<(string Method, IMessage Request, IMessage Response)> Calls => _calls;

    public int Seen => Volatile.Read(ref _seen);

    public void Look(string where, string text)
    {
        Interlocked.Increment(ref _seen);
        if (text.Contains(PulumiTest.Mark, StringComparison.OrdinalIgnoreCase))
        {
            _leaks.Enqueue($"{where}: {text}");
        }
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            LookAsync(context.Method.Name, request, call),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose
        );
    }

    private async Task<TResponse> LookAsync<TRequest, TResponse>(
        string method,
        TRequest request,
        AsyncUnaryCall<TResponse> call
    )
        where TRequest : notnull
    {
        try
        {
            var response = await call.ResponseAsync;
            if (response is IMessage message)
            {
                Look(method, message);
                _calls.Enqueue((method, (IMessage)request, message));
            }

            return response;
        }
        catch (RpcException e)
        {
            Look(method, e.Status.Detail);
            if (e.Trailers.GetValueBytes(Details) is { } trailer)
            {
                var status = StatusDetails.Parser.ParseFrom(trailer);
                Look(method, status.Message);
                foreach (var detail in status.Details)
                {
                    Look(method, ErrorResourceInitFailed.Parser.ParseFrom(detail.Value));
                }
            }

            throw;
        }
    }

    private void Look(string method, IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            Look($"{method}.{field.Name}", value is Struct values ? WithoutSecrets(values).ToString() : $"{value}");
        }
    }

    public static Struct WithoutSecrets(Struct values)
    {
        var rest = new Struct();
        foreach (var (name, value) in values.Fields)
        {
            rest.Fields[name] = WithoutSecrets(value);
        }

        return rest;
    }

    private static Value WithoutSecrets(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.StructValue when EngineValue.IsSecret(value) => Value.ForString("[secret]"),
            Value.KindOneofCase.StructValue => Value.ForStruct(WithoutSecrets(value.StructValue)),
            Value.KindOneofCase.ListValue => Value.ForList([.. value.ListValue.Values.Select(WithoutSecrets)]),
            _ => value,
        };
}
