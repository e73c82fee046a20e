using System.Reflection;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DeltaStream.Pulumi.Protocol;

/// <summary>Pulumi's calls, as calls of a provider.</summary>
/// <param name="provider">The provider.</param>
/// <param name="log">The way to the engine.</param>
internal sealed class ProviderService(IProvider provider, EngineLog log)
    : ResourceProvider.ResourceProviderBase,
        IDisposable
{
    /// <summary>The trailer that holds the details of a status.</summary>
    private const string DetailsTrailer = "grpc-status-details-bin";

    private const string FailedDetail = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed";

    private CancellationTokenSource _stop = new();
    private bool _knowsSecrets;

    /// <summary>Ends all waits. Statements that were sent go on.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    public override Task<ProviderHandshakeResponse> Handshake(
        ProviderHandshakeRequest request,
        ServerCallContext context
    )
    {
        Connect(request.EngineAddress);
        // Who shakes hands knows secrets.
        _knowsSecrets = true;
        return Task.FromResult(new ProviderHandshakeResponse { AcceptSecrets = true, AcceptResources = true });
    }

    public override Task<Empty> Attach(PluginAttach request, ServerCallContext context)
    {
        Connect(request.Address);
        return Task.FromResult(new Empty());
    }

    public override Task<PluginInfo> GetPluginInfo(Empty request, ServerCallContext context) =>
        Task.FromResult(new PluginInfo { Version = Version });

    public override Task<GetSchemaResponse> GetSchema(GetSchemaRequest request, ServerCallContext context) =>
        request.Version == 0
            ? Task.FromResult(new GetSchemaResponse { Schema = provider.Schema })
            : throw new RpcException(
                new Status(StatusCode.InvalidArgument, "The schema has one format, and its version is 0.")
            );

    public override Task<CheckResponse> CheckConfig(CheckRequest request, ServerCallContext context) =>
        Answer(() =>
        {
            // Secrets come without their sign here, and the engine takes it back.
            var answer = provider.CheckConfig(PropertyCodec.Read(request.News));
            return Answered(answer, PropertyCodec.Write(answer.Inputs, keepsSecrets: true));
        });

    public override Task<DiffResponse> DiffConfig(DiffRequest request, ServerCallContext context) =>
        // Another server or organization may be the same service by another way, so that no store is replaced for it.
        Task.FromResult(
            new DiffResponse
            {
                Changes =
                    request.OldInputs is { } old && !old.Equals(request.News)
                        ? DiffResponse.Types.DiffChanges.DiffSome
                        : DiffResponse.Types.DiffChanges.DiffNone,
            }
        );

    public override Task<ConfigureResponse> Configure(ConfigureRequest request, ServerCallContext context) =>
        Answer(() =>
        {
            _knowsSecrets |= request.AcceptSecrets;
            provider.Configure(PropertyCodec.Read(request.Args));
            return new ConfigureResponse
            {
                AcceptSecrets = true,
                AcceptResources = true,
                SupportsPreview = true,
            };
        });

    public override Task<InvokeResponse> Invoke(InvokeRequest request, ServerCallContext context) =>
        AnswerAsync(
            context,
            async stop => new InvokeResponse
            {
                Return = Write(
                    await provider
                        .InvokeAsync(request.Tok, PropertyCodec.Read(request.Args), stop)
                        .ConfigureAwait(false)
                ),
            }
        );

    public override Task<CheckResponse> Check(CheckRequest request, ServerCallContext context) =>
        Answer(() =>
        {
            var answer = provider.Check(request.Urn, PropertyCodec.Read(request.News));
            return Answered(answer, Write(answer.Inputs));
        });

    public override Task<DiffResponse> Diff(DiffRequest request, ServerCallContext context) =>
        Answer(() =>
        {
            var known = Read(request.Urn, request.Id, request.Olds, request.OldInputs);
            var answer = provider.Diff(known, PropertyCodec.Read(request.News));
            var response = new DiffResponse
            {
                Changes = answer.IsChanged
                    ? DiffResponse.Types.DiffChanges.DiffSome
                    : DiffResponse.Types.DiffChanges.DiffNone,
                DeleteBeforeReplace = answer.DeletesFirst,
                HasDetailedDiff = true,
            };
            foreach (var (path, change) in answer.Changes)
            {
                response.DetailedDiff[path] = new PropertyDiff { Kind = KindOf(change) };
                var top = path.Split('.')[0];
                Add(response.Diffs, top);
                if (change.Replaces)
                {
                    Add(response.Replaces, top);
                }
            }

            return response;
        });

    public override Task<CreateResponse> Create(CreateRequest request, ServerCallContext context) =>
        AnswerAsync(
            context,
            async stop =>
            {
                var inputs = PropertyCodec.Read(request.Properties);
                if (request.Preview)
                {
                    return new CreateResponse { Properties = Write(provider.Preview(null, inputs)) };
                }

                var resource = await provider.CreateAsync(request.Urn, inputs, stop).ConfigureAwait(false);
                return new CreateResponse
                {
                    Id = resource.Id,
                    Properties = Write(resource.Outputs),
                    RefreshBeforeUpdate = true,
                };
            }
        );

    public override Task<ReadResponse> Read(ReadRequest request, ServerCallContext context) =>
        AnswerAsync(
            context,
            async stop =>
            {
                var known = Read(request.Urn, request.Id, request.Properties, request.Inputs);
                return await provider.ReadAsync(known, stop).ConfigureAwait(false) is { } resource
                    ? new ReadResponse
                    {
                        Id = resource.Id,
                        Properties = Write(resource.Outputs),
                        Inputs = Write(resource.Inputs),
                        RefreshBeforeUpdate = true,
                    }
                    // Without an ID it does not exist.
                    : new ReadResponse();
            }
        );

    public override Task<UpdateResponse> Update(UpdateRequest request, ServerCallContext context) =>
        AnswerAsync(
            context,
            async stop =>
            {
                var known = Read(request.Urn, request.Id, request.Olds, request.OldInputs);
                var inputs = PropertyCodec.Read(request.News);
                return new UpdateResponse
                {
                    Properties = Write(
                        request.Preview
                            ? provider.Preview(known, inputs)
                            : (await provider.UpdateAsync(known, inputs, stop).ConfigureAwait(false)).Outputs
                    ),
                    RefreshBeforeUpdate = true,
                };
            }
        );

    public override Task<Empty> Delete(DeleteRequest request, ServerCallContext context) =>
        AnswerAsync(
            context,
            async stop =>
            {
                await provider
                    .DeleteAsync(Read(request.Urn, request.Id, request.Properties, request.OldInputs), stop)
                    .ConfigureAwait(false);
                return new Empty();
            }
        );

    public override Task<Empty> Cancel(Empty request, ServerCallContext context)
    {
        Stop();
        return Task.FromResult(new Empty());
    }

    /// <summary>The package's version, a build property, without the commit.</summary>
    public static string Version { get; } =
        typeof(ProviderService)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    private void Connect(string address)
    {
        // A provider that a debugger runs meets one engine after the other.
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new CancellationTokenSource();
        }

        try
        {
            log.Connect(address);
        }
        catch (FormatException e)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, e.Message));
        }
    }

    private Struct Write(PropertyMap values) => PropertyCodec.Write(values, _knowsSecrets);

    private static Known Read(string urn, string id, Struct? outputs, Struct? inputs) =>
        new(urn, id, PropertyCodec.Read(outputs), PropertyCodec.Read(inputs));

    private static CheckResponse Answered(CheckAnswer answer, Struct inputs)
    {
        // Inputs that are wrong are not kept, and may hold a secret where nobody expects one.
        var response = new CheckResponse { Inputs = answer.Failures.Count == 0 ? inputs : null };
        foreach (var failure in answer.Failures)
        {
            // The engine prints the inputs of a failure's property, so that the reason alone says where.
            response.Failures.Add(new CheckFailure { Reason = failure });
        }

        return response;
    }

    private static PropertyDiff.Types.Kind KindOf(PropertyChange change) =>
        (change.Kind, change.Replaces) switch
        {
            (ChangeKind.Add, false) => PropertyDiff.Types.Kind.Add,
            (ChangeKind.Add, true) => PropertyDiff.Types.Kind.AddReplace,
            (ChangeKind.Delete, false) => PropertyDiff.Types.Kind.Delete,
            (ChangeKind.Delete, true) => PropertyDiff.Types.Kind.DeleteReplace,
            (_, false) => PropertyDiff.Types.Kind.Update,
            (_, true) => PropertyDiff.Types.Kind.UpdateReplace,
        };

    private static void Add(RepeatedField<string> names, string name)
    {
        if (!names.Contains(name))
        {
            names.Add(name);
        }
    }

    private Task<T> Answer<T>(Func<T> answer) => AnswerAsync(() => Task.FromResult(answer()));

    private async Task<T> AnswerAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> answer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.CancellationToken);
        return await AnswerAsync(() => answer(stop.Token)).ConfigureAwait(false);
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (PartialFailureException e)
        {
            throw Failed(e);
        }
        catch (RefusedException e)
        {
            // Other codes tell the engine that nobody knows what became of the resource.
            throw new RpcException(new Status(StatusCode.FailedPrecondition, e.Message));
        }
        catch (Exception e) when (e is not RpcException)
        {
            // Its message is nobody's promise: it may hold anything.
            await Console.Error.WriteLineAsync($"{e.GetType()}\n{e.StackTrace}").ConfigureAwait(false);
            throw new RpcException(
                new Status(
                    StatusCode.Internal,
                    $"The provider failed by a fault of its own: {e.GetType().Name}. The engine's debug log has where."
                )
            );
        }
        finally
        {
            await log.FlushAsync().ConfigureAwait(false);
        }
    }

    private RpcException Failed(PartialFailureException failure)
    {
        var resource = failure.Resource;
        var detail = new ErrorResourceInitFailed
        {
            Id = resource.Id,
            // Without the inputs: the engine has them, and clients take no trailer that is much larger than 48 KB.
            Properties = Write(resource.Outputs),
            RefreshBeforeUpdate = true,
            Reasons = { failure.Message },
        };
        var status = new StatusDetails
        {
            Code = (int)StatusCode.Unknown,
            Message = failure.Message,
            Details =
            {
                new Any { TypeUrl = FailedDetail, Value = detail.ToByteString() },
            },
        };
        return new RpcException(
            new Status(StatusCode.Unknown, failure.Message),
            new Metadata { { DetailsTrailer, status.ToByteArray() } }
        );
    }
}
