using System.Security.Cryptography;
using DeltaStream.Sdk;
using FluentValidation;

namespace DeltaStream.Benchmarks.Validate;

/// <summary>The rules of a Kafka declaration, written with FluentValidation in the way of its documentation.</summary>
public sealed class KafkaStoreValidator : AbstractValidator<KafkaStoreArgs>
{
    /// <summary>Sets the rules.</summary>
    public KafkaStoreValidator()
    {
        RuleFor(s => s.Name).NotEmpty().Must(Text.IsSendable).Must(Text.HasNoControl);
        RuleFor(s => s.Owner!).NotEmpty().Must(Text.IsSendable).Must(Text.HasNoControl).When(s => s.Owner is not null);
        RuleFor(s => s.Uris).NotEmpty().Must(Text.IsSendable).Must(Text.IsBrokerList);
        RuleFor(s => s.SaslHashFunction).IsInEnum();
        RuleFor(s => s.SaslUsername!.Value).Must(IsSendable).When(s => s.SaslUsername is not null);
        RuleFor(s => s.SaslPassword!.Value).Must(IsSendable).When(s => s.SaslPassword is not null);
        RuleFor(s => s.MskIamRoleArn!).NotEmpty().Must(Text.IsSendable).When(s => s.MskIamRoleArn is not null);
        RuleFor(s => s.MskAwsRegion!).NotEmpty().Must(Text.IsSendable).When(s => s.MskAwsRegion is not null);
        RuleFor(s => s.SchemaRegistryName!)
            .NotEmpty()
            .Must(Text.IsSendable)
            .Must(Text.HasNoControl)
            .When(s => s.SchemaRegistryName is not null);
        RuleFor(s => s.TlsCaCertFile!).Must(IsPem).When(s => s.TlsCaCertFile is not null);
        RuleFor(s => s.TlsClientCertFile!).Must(IsPem).When(s => s.TlsClientCertFile is not null);
        RuleFor(s => s.TlsClientKeyFile!).Must(IsPem).When(s => s.TlsClientKeyFile is not null);
        RuleFor(s => s.TlsCipherSuites!).NotEmpty().Must(Text.IsSendable).When(s => s.TlsCipherSuites is not null);
        RuleFor(s => s.TlsProtocols!).NotEmpty().Must(Text.IsSendable).When(s => s.TlsProtocols is not null);
        RuleFor(s => s.Description!).NotEmpty().Must(Text.IsSendable).When(s => s.Description is not null);

        When(
            s =>
                s.SaslHashFunction
                    is KafkaSaslHashFunction.Plain
                        or KafkaSaslHashFunction.Sha256
                        or KafkaSaslHashFunction.Sha512,
            () =>
            {
                RuleFor(s => s.SaslUsername).NotNull();
                RuleFor(s => s.SaslPassword).NotNull();
                RuleFor(s => s.MskIamRoleArn).Null();
                RuleFor(s => s.MskAwsRegion).Null();
            }
        );
        When(
            s => s.SaslHashFunction is KafkaSaslHashFunction.AwsMskIam,
            () =>
            {
                RuleFor(s => s.MskIamRoleArn).NotNull();
                RuleFor(s => s.MskAwsRegion).NotNull();
                RuleFor(s => s.SaslUsername).Null();
                RuleFor(s => s.SaslPassword).Null();
            }
        );
        When(
            s => s.SaslHashFunction is KafkaSaslHashFunction.None,
            () =>
            {
                RuleFor(s => s.SaslUsername).Null();
                RuleFor(s => s.SaslPassword).Null();
                RuleFor(s => s.MskIamRoleArn).Null();
                RuleFor(s => s.MskAwsRegion).Null();
            }
        );
        When(
            s => s.TlsDisabled is true,
            () =>
            {
                RuleFor(s => s.TlsVerifyServerHostname).NotEqual(true);
                RuleFor(s => s.TlsCaCertFile).Null();
                RuleFor(s => s.TlsClientCertFile).Null();
                RuleFor(s => s.TlsClientKeyFile).Null();
                RuleFor(s => s.TlsCipherSuites).Null();
                RuleFor(s => s.TlsProtocols).Null();
            }
        );
        RuleFor(s => s.TlsClientKeyFile).NotNull().When(s => s.TlsClientCertFile is not null);
        RuleFor(s => s.TlsClientCertFile).NotNull().When(s => s.TlsClientKeyFile is not null);
    }

    private static bool IsSendable(Secret value) => !value.IsEmpty && Text.IsSendable(value.Reveal());

    private static bool IsPem(StoreFile file) =>
        file.Length is > 0 and <= StoreFile.MaxBytes && PemEncoding.TryFindUtf8(file.Reveal().Span, out _);
}
