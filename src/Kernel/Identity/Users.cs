using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

public sealed record UserInput
{
    [Required, MaxLength(200)]
    public string FullName { get; init; } = "";

    [Required, MaxLength(254), EmailAddress]
    public string Email { get; init; } = "";

    /// <summary>Key of one of the workspace's roles.</summary>
    [Required, MaxLength(40)]
    public string Role { get; init; } = "";

    public bool Active { get; init; } = true;

    /// <summary>First password of a new person; never read back. To change it later, the person does so.</summary>
    [NotStored, NewPassword]
    public string? Password { get; init; }
}

public sealed record UserRow(
    Guid Id, string FullName, string Email, string Role, bool Active, DateTimeOffset? LastSignInAt, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>The people of a workspace.</summary>
internal sealed class Users : RecordSet<User, UserInput, UserRow>
{
    public Users() : base(KernelPages.UserManagement, "users")
    {
        LooksUpForEverybody = true;
        Name(u => u.FullName, offered: u => u.Active);
        Detail(u => u.Email, elsewhere: u => u.Role);
        Search(u => u.FullName, u => u.Email);
        Filter(u => u.Role);
        Filter(u => u.Active);
        Filter(u => u.FullName);
        Filter(u => u.Email);
        Filter(u => u.LastSignInAt);
        Sort(u => u.FullName);
        Sort(u => u.Email);
        Sort(u => u.Role);
        Sort(u => u.Active);
        Sort(u => u.LastSignInAt);
        DefaultSort("fullName");
        Unique(u => u.EmailKey, "email", "ux_users_email");
        Row = u => new UserRow(u.Id, u.FullName, u.Email, u.Role, u.Active, u.LastSignInAt, u.Version, u.CreatedAt, u.UpdatedAt, u.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        HandOver.Map(records);
        SetPageAccess.Map(records);
        ResetPageAccess.Map(records);
        ResetTwoFactor.Map(records);
    }

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "ix_account_email_key" => UserRefusals.AccountExists,
        "ux_users_account" => UserRefusals.AccountExists,
        _ => null,
    };

    protected override async ValueTask<Refusal?> Saving(RecordChange<User, UserInput> change, CancellationToken cancel)
    {
        var user = change.Entity;
        user.EmailKey = Emails.KeyOf(user.Email);
        if (change.Kind != ChangeKind.Delete && RoleFault(change) is { } fault)
        {
            return fault;
        }

        if (change.Kind != ChangeKind.Create && await DepartureFault(change, cancel) is { } departure)
        {
            return departure;
        }

        return change.Kind switch
        {
            ChangeKind.Create => await AttachAccountAsync(change, cancel),
            ChangeKind.Update => await ChangeAddressAsync(change, cancel),
            _ => null,
        };
    }

    private static Refusal? RoleFault(RecordChange<User, UserInput> change)
    {
        var catalog = change.Services.GetRequiredService<AccessCatalog>();
        if (catalog.RoleOf(change.User.TenantModules, change.Entity.Role) is not { } role)
        {
            return Refusals.Invalid("role", $"Use one of {string.Join(", ", catalog.RolesOf(change.User.TenantModules).Select(r => r.Key))}.");
        }

        // Whoever comes back brings the role along: that is giving it, too.
        var comesBack = change.Kind == ChangeKind.Restore || (change.Kind == ChangeKind.Update && change.Entity.Active && !change.Original(u => u.Active));
        if (!change.Changes(u => u.Role) && !comesBack)
        {
            return null;
        }

        if (change.Kind == ChangeKind.Update && change.Changes(u => u.Role))
        {
            change.Describe("role_change");
        }

        return UserRoles.Exceeds(role, change.User) ? UserRefusals.CannotGrant : null;
    }

    /// <summary>Losing the role, being deactivated and being removed are the same loss to everybody else.</summary>
    private static async Task<Refusal?> DepartureFault(RecordChange<User, UserInput> change, CancellationToken cancel)
    {
        var user = change.Entity;
        var leaves = change.Kind == ChangeKind.Delete || (change.Original(u => u.Active) && !user.Active);
        var wasAdmin = change.Original(u => u.Role) == Role.Admin && change.Original(u => u.Active) && change.Kind != ChangeKind.Restore;
        var losesAdmin = wasAdmin && (leaves || user.Role != Role.Admin);
        if (losesAdmin && await LastAdmin.IsLastAsync(change.Db, user.Id, change.Now, cancel))
        {
            return LastAdmin.Refusal;
        }

        var isSelf = user.Id == change.User.UserId;
        if (isSelf && change.Changes(u => u.Role) && change.Kind == ChangeKind.Update)
        {
            return UserRefusals.OwnRole;
        }

        if (!leaves)
        {
            if (change.Kind == ChangeKind.Update && user.Active && !change.Original(u => u.Active))
            {
                change.Describe("activate_user");
            }

            return null;
        }

        if (isSelf)
        {
            return UserRefusals.OwnAccount;
        }

        var open = new List<Commitment>();
        foreach (var module in change.Services.GetServices<IUserDeparture>())
        {
            open.AddRange(await module.CommitmentsAsync(change.Db, user.Id, change.Now, cancel));
        }

        if (open.Count > 0)
        {
            return UserRefusals.HasCommitments(open);
        }

        if (change.Kind == ChangeKind.Update)
        {
            change.Describe("deactivate_user");
        }

        var ended = change.Now;
        await change.Db.Set<Session>().Where(s => s.TenantId == change.Db.TenantId && s.UserId == user.Id && s.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, ended).SetProperty(x => x.RevokeReason, "deactivated"), cancel);
        return null;
    }

    private static async Task<Refusal?> AttachAccountAsync(RecordChange<User, UserInput> change, CancellationToken cancel)
    {
        var user = change.Entity;
        var database = change.Services.GetRequiredService<NpgsqlDataSource>();
        var account = await Accounts.FindAsync(database, user.EmailKey, cancel);
        if (account is not null && await IsInUseAsync(change, account.Id, cancel) is { } inUse)
        {
            return inUse;
        }

        if (PasswordPolicy.Fault(change.Input?.Password, user.Email, user.FullName) is { } fault)
        {
            return Refusals.Invalid("password", change.Input?.Password is null ? "Give a first password, or invite the person by link." : fault);
        }

        var hash = change.Services.GetRequiredService<Passwords>().Hash(change.Input!.Password!);
        if (account is null)
        {
            account = new Account { Email = user.Email, EmailKey = user.EmailKey, FullName = user.FullName, PasswordHash = hash, CreatedAt = change.Now, TimeZone = change.User.TenantTimeZone };
            change.Db.Add(account);
        }
        else
        {
            await Accounts.SetPasswordHashAsync(database, account.Id, hash, change.Now, cancel);
        }

        user.AccountId = account.Id;
        return null;
    }

    /// <summary>An account that lives elsewhere is its owner's: they are invited, not added. One in this workspace is a duplicate, told by the index.</summary>
    private static async Task<Refusal?> IsInUseAsync(RecordChange<User, UserInput> change, Guid accountId, CancellationToken cancel)
    {
        if (await change.Services.GetRequiredService<Memberships>().IsSharedAsync(accountId, change.Db.TenantId, cancel))
        {
            return UserRefusals.AccountExists;
        }

        var twin = await change.Db.Set<User>().Where(u => u.AccountId == accountId).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancel);
        return twin is null ? null : new Refusal(409, "duplicate_value", "Another record has this value already.").On("email", "Already taken.").With("existingId", twin);
    }

    private static async Task<Refusal?> ChangeAddressAsync(RecordChange<User, UserInput> change, CancellationToken cancel)
    {
        if (!change.Changes(u => u.Email))
        {
            return null;
        }

        var user = change.Entity;
        if (await change.Services.GetRequiredService<Memberships>().IsSharedAsync(user.AccountId, change.Db.TenantId, cancel))
        {
            return UserRefusals.AccountShared;
        }

        var account = await change.Db.Set<Account>().FirstAsync(a => a.Id == user.AccountId, cancel);
        account.Email = user.Email;
        account.EmailKey = user.EmailKey;
        return null;
    }
}

/// <summary>Every way a change of people can be refused.</summary>
internal static class UserRefusals
{
    public static readonly Refusal OwnRole = new(409, "own_role", "Nobody changes their own role; ask another administrator.");

    public static readonly Refusal OwnAccount = new(409, "own_account", "You cannot deactivate or remove yourself; ask another administrator.");

    public static readonly Refusal OwnUserManagement = new(409, "own_user_management", "You cannot take user management away from yourself.");

    public static readonly Refusal CannotGrant = new(403, "cannot_grant", "You can only give away what you have yourself.");

    public static readonly Refusal AccountExists = new Refusal(409, "account_exists", "This address already signs in somewhere else. Invite the person by link instead.").On("email", "Already has an account: send an invitation.");

    public static readonly Refusal AccountShared = new Refusal(409, "account_shared", "This person also belongs to other workspaces and changes the address themselves.").On("email", "Only the person can change it.");

    public static readonly Refusal OwnSecondFactor = new(409, "own_account", "Turn your own second factor off in your settings, with your password and a code.");

    public static readonly Refusal SecondFactorShared = new(409, "account_shared", "This person also belongs to other workspaces; their second factor is not this workspace's to reset.");

    public static Refusal HasCommitments(IReadOnlyList<Commitment> commitments) =>
        new Refusal(409, "has_commitments", "This person still has work planned. Hand it to somebody else first.").With("commitments", commitments);
}
