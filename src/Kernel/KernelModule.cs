using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Identity.SingleSignOn;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Realtime;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel;

/// <summary>What the kernel itself offers at <c>/api/v1</c>, in the same two steps as a module.</summary>
internal static class KernelModule
{
    public const string Schema = "kernel";

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AccessCatalog>();
        services.AddSingleton<Principals>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SessionCookies>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton(provider => new SecretLinks(provider.GetRequiredService<PublicAddress>(), provider.GetRequiredService<Principals>()));
        services.AddSingleton<Memberships>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignedInBuilder>();
        services.AddScoped<Founding>();
        services.AddScoped<OidcMembers>();
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<ChainHeads>();
        services.AddSingleton<ChangeSealer>();
        services.AddSingleton<ChangeVerification>();
        services.AddSingleton<ChangeArchive>();
        services.AddSingleton<ChangeRetention>();
        services.AddScoped<ChangeErasure>();
        services.AddScoped<AuditReading>();
        services.AddLiveUpdates();
        services.AddNotifications();
        services.AddFiles();
        services.AddJobs();
        services.AddBackups();
        services.AddExchange();
    }

    /// <summary>Work that goes on while the host serves.</summary>
    public static void AddBackgroundServices(IServiceCollection services)
    {
        services.AddHostedService<ChangeSealing>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveRelay>());
        services.AddHostedService(provider => provider.GetRequiredService<NotificationNews>());
        services.AddHostedService<JobScheduling>();
        services.AddHostedService<Rounds>();
    }

    public static void MapEndpoints(RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("auth");
        Login.Map(auth);
        RefreshSession.Map(auth);
        Logout.Map(auth);
        WhoAmI.Map(auth);
        SwitchTenant.Map(auth);
        UpdateProfile.Map(auth);
        ChangePassword.Map(auth);
        MySessions.Map(auth);
        TwoFactor.Map(auth);
        AcceptInvitation.Map(auth);
        OidcSignIn.Map(auth);
        Invitations.Map(api);
        SavedViews.Map(api);
        OpenSharedRecord.Map(api);
        SetupEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        AccessEndpoints.Map(api);
        AuditEndpoints.Map(api);
        LiveHub.Map(api);
        NotificationEndpoints.Map(api);
        JobEndpoints.Map(api);
        DownloadFile.Map(api);
        UploadFile.Map(api);
        BackupEndpoints.Map(api);
        RestoreEndpoints.Map(api);
        BackupSettingsEndpoints.Map(api);
        api.MapExchange();
    }
}
