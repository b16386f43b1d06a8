"""Who may ask which route, as declared here, against what every role really meets.

The thing asked for belongs to Anna (a post, a household, a statement) or to Anna and Bashir (an agreement); `maker`
looks after their zones, `other_maker` after another, `zoe` belongs to another community. Everybody else meets 404, or
is sent to sign in or to join. A new route fails here until it stands in the table.
"""

from pathlib import Path

import pytest

from foundation.feature import registry
from foundation.web import numbers
from foundation.web.numbers import Numbers
from tests.architecture.asking import ROLES, ask_everything

WHO = {
    "EVERYBODY": set(ROLES),
    "SIGNED_IN": set(ROLES) - {"visitor"},
    "WHO_IS_NOT_IN_YET": {"visitor", "zoe"},
    "MEMBERS": set(ROLES) - {"visitor", "zoe"},
    "THE_OTHERS": set(ROLES) - {"visitor", "zoe", "anna"},
    "ANNA": {"anna"},
    "BASHIR": {"bashir"},
    "THE_TWO": {"anna", "bashir"},
    "THE_TWO_AND_WHO_MODERATES": {"anna", "bashir", "maker", "administrator"},
    "THE_TWO_AND_THEIR_MAKER": {"anna", "bashir", "maker"},
    "ANNA_AND_HER_MAKER": {"anna", "maker"},
    "HER_MAKER": {"maker"},
    "HER_MAKER_AND_ADMINISTRATOR": {"maker", "administrator"},
    "MAKERS": {"maker", "other_maker"},
    "MAKERS_AND_ADMINISTRATOR": {"maker", "other_maker", "administrator"},
    "ADMINISTRATOR": {"administrator"},
    "NOBODY": set(),  # nothing of the kind exists in this world: a secret nobody gave out, somebody else's thing
    "KEEPERS": {"bashir", "maker", "administrator"},  # Bashir keeps the center
    "KEEPERS_AND_MAKERS": {"bashir", "maker", "other_maker", "administrator"},
    "ANNA_AND_KEEPERS": {"anna", "bashir", "maker", "administrator"},
    "ANNA_AND_WHO_LOOKS_AGAIN": {"anna", "administrator"},
    "ANNA_AND_WHO_IS_IN_CHARGE": {"anna", "bashir", "maker", "administrator"},
    "BUYERS": set(ROLES) - {"visitor", "zoe"},
    "IN_CHARGE": {"bashir", "maker", "administrator"},
    "WHO_MAY_PLAN": {"bashir", "maker", "other_maker", "administrator"},
}

TABLE = {
    "EVERYBODY": {
        "GET": """
            activities.listing activities.poster activities.show activities.show_session calendar.feed
            calendar.feed_for_age calendar.feed_of_center calendar.news calendar.of_center calendar.one_date
            calendar.show centers.listing centers.poster centers.show communities.about communities.choose
            communities.general_help communities.help_page communities.home communities.poster health.alive health.ready
            joining.thanks labs.by_number labs.diary labs.listing labs.poster labs.show labs.show_entry ledger.seals
            ledger.seals_json ledger.seals_text ledger.whole mandates.take_over moderation.makers_year
            notifications.letters own_view.show pins.found pocket.manifest pocket.whose pocket.without pocket.worker
            posts.board posts.zone_map privacy.show rooms.show scanning.scan searching.search signing_in.forgotten
            signing_in.sign_in sponsors.badge sponsors.listing sponsors.show volunteering.listing volunteering.show
            wall.listing wall.sheet wall.show
        """,
        "POST": """
            joining.join_invited joining.send_application languages.choose mandates.send_mail own_view.close
            own_view.enter scanning.look signing_in.ask_new_password signing_in.enter
        """,
    },
    "SIGNED_IN": {
        "GET": """
            leaving.ask_to_return moderation.decisions pushing.devices pushing.may_renew signing_in.ask_if_sure
            signing_in.devices signing_in.password signing_in.second_step signing_in.set_up_second_step
        """,
        "POST": """
            pushing.renew pushing.test_letter pushing.turn_on signing_in.begin_second_step signing_in.change_password
            signing_in.end_device signing_in.end_other_devices signing_in.end_second_step signing_in.keep_second_step
            signing_in.new_recovery_codes
        """,
    },
    "WHO_IS_NOT_IN_YET": {
        "GET": """
            joining.apply joining.invited
        """,
    },
    "MEMBERS": {
        "GET": """
            addresses.ask agreements.ask_terms agreements.choose_other availability.ask_hours availability.show
            calendar.mine cards.mine cheques.ask_code cheques.ask_new cheques.listing circles.mine concerns.ask
            concerns.listing consents.mine conversations.messages conversations.search counts.show deeds.mine
            enrolling.ask enrolling.mine enrolling.own_code groups.ask_what groups.choose_people groups.show
            households.ask_to_divide households.ask_to_join households.ask_to_move households.changes households.edit
            households.show housing.choose_kind housing.home joining.standing labs.ask_new labs.ask_to_join leaving.ask
            ledger.give ledger.mine matching.wish members.contacts members.listing members.me members.party
            members.person members.profile members.skills moderation.ask_to_block moderation.ask_to_report
            moderation.blocks moderation.my_reports moving.ask moving.show notifications.notices notifications.waiting
            notifications.wishes pocket.show posts.count_new posts.mine posts.show posts.start privacy.mine
            reckoning.as_csv reckoning.ask_for_share reckoning.look_up reckoning.mine reckoning.printed reckoning.quota
            reckoning.tills resting.still_here rooms.ask_to_book rooms.mine safeguarding.mine searches.mine searches.new
            series.ask_terms series.mine suppliers.export suppliers.listing suppliers.prices suppliers.product
            suppliers.show volunteering.mine volunteering.sheet vouchers.mine wall.ask_what wall.mine
        """,
        "POST": """
            addresses.drop addresses.send agreements.propose availability.clear availability.keep
            availability.keep_hours calendar.end calendar.renew cheques.print_new cheques.take_code concerns.tell
            consents.answer conversations.show_reading enrolling.enrol enrolling.make_code groups.join groups.record
            households.add_dependant households.end_person households.invite households.keep households.keep_photo
            households.leave households.move households.propose_to_divide households.propose_to_join
            households.remove_photo households.start housing.begin labs.join labs.leave labs.make leaving.leave
            ledger.send matching.keep_wish members.keep_contacts members.keep_photo members.keep_profile
            members.keep_skills members.remove_photo moderation.block moderation.report moderation.unblock moving.send
            notifications.all_seen notifications.keep_wishes notifications.seen organisations.keep posts.create
            privacy.ask privacy.remove reckoning.send_request resting.answer rooms.book searches.keep series.propose
            volunteering.accept volunteering.give_up volunteering.keep_sheet volunteering.take volunteering.watch
            vouchers.take_code wall.join wall.write welcoming.put_away
        """,
    },
    "THE_OTHERS": {
        "GET": """
            agreements.ask_somebody agreements.ask_what asking.ask_words conversations.ask_words series.ask_somebody
        """,
        "POST": """
            agreements.ask agreements.record asking.ask conversations.begin series.ask
        """,
    },
    "ANNA": {
        "GET": """
            cheques.ask_void circles.ask_swap conversations.ask_change enrolling.ask_swap groups.ask_change
            groups.ask_terms groups.ask_who_was_there housing.asked housing.edit housing.show moderation.show_decision
            posts.ask_to_close posts.ask_to_discard posts.edit posts.reread searches.edit speaking.ask_about_decision
        """,
        "POST": """
            cheques.void circles.answer_swap circles.cannot circles.set_adult circles.swap circles.tell_minutes
            conversations.change conversations.withdraw enrolling.accept enrolling.cannot_come enrolling.come_after_all
            enrolling.leave groups.change groups.deliver groups.open_group groups.withdraw housing.add_paper
            housing.agree_to_move housing.answer housing.discard housing.keep housing.say_more housing.send
            housing.take_back housing.tick_paper housing.withdraw moderation.appeal notifications.open_notice
            posts.close posts.discard posts.duplicate posts.pause posts.publish posts.renew posts.resume posts.save
            reckoning.withdraw searches.change searches.remove speaking.speak_about_decision wall.withdraw
        """,
    },
    "BASHIR": {
        "GET": """
            speaking.ask_about_report
        """,
        "POST": """
            centers.name_myself circles.say_no groups.confirm groups.leave speaking.speak_about_report
        """,
    },
    "THE_TWO": {
        "GET": """
            agreements.ask_adult agreements.ask_other_terms agreements.ask_reason agreements.calendar agreements.show
            circles.ask_away circles.ask_join circles.ask_leave circles.family conversations.show
            conversations.show_message groups.ask_reason groups.calendar housing.ask_hand housing.ask_sheet
            housing.print_sheet housing.together labs.ask_part labs.talk quiet.ask series.ask_adult
            series.ask_other_terms series.ask_reason series.ask_to_end series.ask_to_skip series.show
        """,
        "POST": """
            agreements.accept agreements.confirm agreements.counter agreements.deliver agreements.give_reason
            agreements.replace_adult agreements.take_back_thanks agreements.thank agreements.withdraw circles.away
            circles.join circles.leave circles.vote conversations.mark_read conversations.mute conversations.write
            groups.give_reason housing.begin_agreement housing.say_yes housing.write_sheet labs.keep_part quiet.unsure
            quiet.well series.accept series.confirm series.decline series.deliver series.end series.replace_adult
            series.send_other_terms series.skip series.withdraw
        """,
    },
    "THE_TWO_AND_THEIR_MAKER": {
        "GET": """
            circles.balance circles.show circles.turn circles.turns housing.look_at_sheet
        """,
        "POST": """
            circles.come_too circles.confirm circles.propose_counting circles.take
        """,
    },
    "ANNA_AND_HER_MAKER": {
        "GET": """
            housing.look_at_question ledger.as_csv ledger.printed ledger.statement speaking.show vouchers.paper
            vouchers.show
        """,
        "POST": """
            speaking.mark_read speaking.mute speaking.write
        """,
    },
    "HER_MAKER": {
        "GET": """
            broadcasts.edit circles.ask_edit circles.ask_end circles.ask_pause circles.ask_rhythm circles.ask_rota
            circles.keep housing.ask_match housing.ask_outcome housing.ask_to_close housing.case housing.introduction
            ledger.ask_for_limits ledger.ask_to_grant moderation.ask_ruling moderation.show_case reckoning.ask_offer
            reckoning.request_page references.ask_whom safeguarding.show speaking.ask_in_case sponsors.ask_why_not
            sponsors.pledge vouchers.ask_give vouchers.ask_why_not
        """,
        "POST": """
            broadcasts.discard broadcasts.keep circles.answer_family circles.edit circles.end circles.end_pause
            circles.make_rota circles.pause circles.post_again circles.set_rhythm circles.start housing.ask_second
            housing.call_off housing.close housing.followed housing.helped housing.mark_paper housing.note
            housing.note_money housing.promise housing.propose housing.put_paper ledger.grant ledger.set_limits
            moderation.assign moderation.decide moderation.undo moderation.write_note reckoning.decline reckoning.grant
            reckoning.offer references.ask safeguarding.add speaking.speak_in_case sponsors.accept sponsors.correct
            sponsors.decline sponsors.deliver sponsors.thank vouchers.accept vouchers.call_back vouchers.decline
            vouchers.give
        """,
    },
    "HER_MAKER_AND_ADMINISTRATOR": {
        "GET": """
            agreements.call broadcasts.leave broadcasts.read broadcasts.show cards.ask cards.ask_insurance
            centers.ask_to_close imports.ask_columns imports.ask_to_undo imports.show joining.application series.call
        """,
        "POST": """
            agreements.answer_by_phone broadcasts.call_off broadcasts.copy broadcasts.open_link broadcasts.send_back
            cards.insure cards.record centers.add_keeper centers.close centers.end_keeper imports.again
            imports.keep_columns imports.take imports.undo imports.withdraw joining.approve joining.decline
            labs.open_lab labs.reopen resting.heard series.answer_by_phone suppliers.end_purchaser welcoming.tick
        """,
    },
    "MAKERS": {
        "GET": """
            circles.ask_new housing.desk housing.more housing.numbers ledger.movements ledger.movements_csv
            ledger.print_sheets ledger.sheets reckoning.ask_gift reckoning.left reckoning.requests
            sponsors.choose_organisation sponsors.desk vouchers.choose_household vouchers.desk vouchers.offer
        """,
        "POST": """
            circles.propose reckoning.give
        """,
    },
    "MAKERS_AND_ADMINISTRATOR": {
        "GET": """
            agreements.calls agreements.cheques agreements.list_disputes broadcasts.ask_new broadcasts.sent
            cards.listing categories.edit categories.new categories.tree centers.ask_to_open deeds.record
            groups.list_waiting imports.choose_file imports.index joining.applications joining.invitations
            mandates.acting mandates.ask_new mandates.listing moderation.reports notifications.calls paper.choose
            paper.open_answer paper.open_post paper.print_answer paper.print_post pins.ask_code resting.listing
            welcoming.listing
        """,
        "POST": """
            agreements.check_row agreements.copy_cheques broadcasts.create categories.add categories.bring_back
            categories.change categories.move categories.retire centers.open_center groups.answer_by_phone
            groups.resolve imports.upload joining.invite mandates.open_new mandates.stop paper.begin_answer
            paper.begin_post pins.take_code suppliers.add_purchaser
        """,
    },
    "ADMINISTRATOR": {
        "GET": """
            broadcasts.rules changes.show communities.edit_languages communities.edit_logo communities.edit_page
            communities.edit_texts communities.edit_zone communities.questions communities.rules communities.running
            communities.zones consents.listing members.ask_end_role members.new_role members.past members.roles
            moderation.deadlines moderation.first_look moderation.show_appeal privacy.edit privacy.edit_kind
            privacy.listing privacy.retention resting.rules safeguarding.ask_requirements safeguarding.leads
            safeguarding.requirements signing_in.ask_to_take_off stuck.show
        """,
        "POST": """
            broadcasts.go_on broadcasts.keep_rules communities.end_zone communities.keep_languages communities.keep_logo
            communities.keep_page communities.keep_rules communities.keep_texts communities.new_question
            communities.new_zone communities.remove_logo communities.return_zone members.end_role members.grant_role
            moderation.answer_appeal moderation.keep_deadlines moderation.keep_first_look privacy.keep privacy.keep_kind
            resting.keep_rules safeguarding.keep_requirements safeguarding.name_lead signing_in.take_off
            stuck.try_all_again
        """,
    },
    "NOBODY": {
        "GET": """
            addresses.ask_new addresses.ask_old calendar.own_feed cards.ask_to_withdraw cards.receipt
            cheques.ask_with_card cheques.show circles.ask_correct circles.ask_fetch circles.notes
            communities.edit_question concerns.ask_about concerns.show dependants.ask_consent dependants.edit
            dependants.invitation dependants.show enrolling.ask_fetch enrolling.pick_up entrusting.ask entrusting.show
            households.invitation imports.faults joining.confirm joining.invitation joining.together labs.ask_to_decline
            labs.ask_to_remove ledger.ask_to_reverse mandates.ask_agreement mandates.ask_code mandates.ask_contacts
            mandates.ask_name mandates.ask_password mandates.ask_to_end mandates.ask_to_leave mandates.sheet
            mandates.show notifications.letter organisations.edit own_view.opening pictures.show pins.ask_card
            pins.ask_pin pins.show posts.poster privacy.ask_wish privacy.fetch privacy.paper purchasing.edit
            reckoning.ask_refund reckoning.ask_to_write_off references.answer references.hand_over references.show
            safeguarding.ask_to_withdraw series.calendar signing_in.ask_code signing_in.link signing_in.new_device
            signing_in.renew sponsors.ask_offer sponsors.ask_page sponsors.ask_written sponsors.ours sponsors.statement
            suppliers.list_faults unsubscribing.ask volunteering.certificate volunteering.print_register
            volunteering.register_csv volunteering.volunteer volunteering.volunteers vouchers.ask_code
            vouchers.ask_offer vouchers.ask_written vouchers.at_shop vouchers.ours
        """,
        "POST": """
            addresses.agree_new addresses.agree_old addresses.stop agreements.resolve agreements.show_thanks
            cards.withdraw cheques.redeem cheques.redeem_with_card circles.ask_in circles.bring circles.came
            circles.come_not_too circles.comes circles.comes_not circles.correct circles.decline circles.fetched
            circles.invite circles.not_came circles.substitute circles.take_out circles.write_notes
            communities.end_question communities.keep_question communities.keep_zone communities.place_question
            communities.return_question concerns.close concerns.tell_about concerns.write conversations.leave
            dependants.answer dependants.consent dependants.end_view dependants.invite dependants.keep
            dependants.withdraw enrolling.fetch enrolling.not_come enrolling.qualify enrolling.say_pick_up
            enrolling.swap enrolling.take_back_pick_up enrolling.went_home entrusting.keep households.agree_to_change
            households.refuse_change households.remove_dependant households.withdraw_change joining.confirm_now
            joining.join_together joining.withdraw labs.begin_with labs.decline labs.move_task labs.remove_photo
            labs.say_no leaving.come_back ledger.reverse mandates.agree mandates.begin mandates.come_back mandates.end
            mandates.finish mandates.give_code mandates.keep_contacts mandates.keep_name mandates.leave
            mandates.take_code_back matching.ask matching.not_now members.act_for moving.stay notifications.answer_stop
            notifications.no_answer notifications.tick notifications.told own_view.agree own_view.disagree
            own_view.object_to own_view.open_it own_view.take_back pins.do pins.give pins.lost privacy.keep_wish
            purchasing.keep pushing.test_device pushing.turn_off reckoning.accept reckoning.hand_over reckoning.refuse
            reckoning.write_off references.keep_answer references.weigh references.withdraw safeguarding.end_lead
            safeguarding.withdraw signing_in.end_new_device signing_in.give_code signing_in.renew_now
            signing_in.sign_out_everywhere signing_in.use_link sponsors.be_named sponsors.keep_page sponsors.offer
            sponsors.withdraw sponsors.write_down stuck.drop stuck.try_again unsubscribing.stop
            volunteering.ask_for_sheet volunteering.begin volunteering.decline volunteering.end volunteering.insure
            volunteering.stop vouchers.make_offer vouchers.redeem vouchers.undo vouchers.withdraw vouchers.write_down
        """,
    },
    "KEEPERS": {
        "GET": """
            activities.ask_dates activities.ask_new activities.ask_to_cancel activities.ask_to_cancel_session
            activities.ask_to_end_rhythm activities.edit activities.edit_session centers.edit centers.edit_hours
            centers.edit_photos centers.keepers enrolling.ask_code enrolling.door enrolling.listing enrolling.sheet
            labs.ask_for_what labs.ask_goal labs.ask_how_it_went labs.ask_to_end labs.ask_to_refuse labs.ask_whom
            labs.edit labs.edit_goal labs.meetings reckoning.ask_out reckoning.ask_payment reckoning.ask_to_close
            reckoning.ask_to_take_back reckoning.ask_to_take_out_back reckoning.till rooms.ask_room rooms.ask_to_decline
            rooms.ask_to_move rooms.ask_to_retire rooms.edit suppliers.ask_interest suppliers.ask_list_columns
            suppliers.ask_price suppliers.ask_product suppliers.ask_state suppliers.ask_stock suppliers.ask_to_undo_list
            suppliers.choose_list suppliers.edit suppliers.edit_product suppliers.show_list volunteering.ask_for_dates
            volunteering.ask_minutes volunteering.ask_new volunteering.ask_to_cancel volunteering.ask_to_lay_out
            volunteering.edit volunteering.templates wall.ask_answer wall.ask_sheet wall.ask_to_close wall.ask_to_merge
        """,
        "POST": """
            activities.add_dates activities.cancel activities.cancel_session activities.end activities.end_rhythm
            activities.keep activities.keep_session activities.make activities.publish activities.restore_session
            centers.add_days centers.add_photo centers.keep centers.keep_hours centers.remove_days centers.remove_photo
            enrolling.came enrolling.close_list enrolling.let_in enrolling.take_code labs.add_goal labs.ask_for
            labs.begin_meeting labs.close_resource labs.end labs.end_goal labs.invite labs.keep labs.keep_goal
            labs.let_in labs.link_meeting labs.note_received labs.refuse labs.remove labs.set_keeper labs.show_to
            labs.take_back labs.unlink_meeting reckoning.close reckoning.give_back reckoning.pay reckoning.pay_out
            reckoning.take_back reckoning.take_out_back rooms.accept rooms.add_room rooms.decline rooms.keep rooms.move
            rooms.retire suppliers.add_product suppliers.bring_back suppliers.end_product suppliers.keep
            suppliers.keep_list_columns suppliers.keep_product suppliers.say_interest suppliers.set_price
            suppliers.set_state suppliers.set_stock suppliers.take_list suppliers.undo_list suppliers.upload_list
            suppliers.withdraw_list suppliers.work_list_again volunteering.cancel volunteering.confirm
            volunteering.found volunteering.keep volunteering.keep_template volunteering.lay_out volunteering.make
            volunteering.make_for_dates volunteering.missed volunteering.retire_template wall.answer wall.become
            wall.close wall.copy_sheet wall.merge
        """,
    },
    "KEEPERS_AND_MAKERS": {
        "GET": """
            suppliers.ask_to_add suppliers.purchasers
        """,
        "POST": """
            suppliers.add
        """,
    },
    "ANNA_AND_KEEPERS": {
        "GET": """
            labs.ask_entry labs.ask_photo labs.ask_task labs.edit_task labs.people labs.show_resource reckoning.receipt
            rooms.ask_to_cancel rooms.show_booking volunteering.shift
        """,
        "POST": """
            labs.add_photo labs.add_task labs.comment labs.keep_task labs.withdraw_comment labs.withdraw_entry
            labs.write_entry rooms.cancel volunteering.come volunteering.go
        """,
    },
    "ANNA_AND_WHO_IS_IN_CHARGE": {
        "GET": """
            purchasing.sheet
        """,
    },
    "BUYERS": {
        "GET": """
            purchasing.ask purchasing.listing purchasing.show
        """,
        "POST": """
            purchasing.drop purchasing.drop_dearer purchasing.save
        """,
    },
    "WHO_MAY_PLAN": {
        "GET": """
            purchasing.ask_new
        """,
        "POST": """
            purchasing.make
        """,
    },
    "IN_CHARGE": {
        "GET": """
            purchasing.ask_costs purchasing.ask_keepers purchasing.ask_places purchasing.ask_product
            purchasing.ask_rhythm purchasing.ask_to_cancel purchasing.ask_to_change purchasing.ask_to_decide
            purchasing.ask_to_leave_out purchasing.ask_to_weigh purchasing.ask_turns purchasing.families
            purchasing.picking purchasing.sheets purchasing.supplier_file purchasing.supplier_sheet
        """,
        "POST": """
            purchasing.cancel_now purchasing.change purchasing.close_now purchasing.decide_now purchasing.keep_keepers
            purchasing.keep_open purchasing.keep_product purchasing.keep_rhythm purchasing.keep_weights
            purchasing.leave_product_out purchasing.move_on purchasing.open_now purchasing.put_cost purchasing.put_pause
            purchasing.put_place purchasing.put_turn purchasing.settle_price purchasing.stop_rhythm purchasing.take_cost
            purchasing.take_pause purchasing.take_place purchasing.take_turn
        """,
    },
    "ANNA_AND_WHO_LOOKS_AGAIN": {
        "GET": """
            speaking.ask_about_appeal
        """,
        "POST": """
            speaking.speak_about_appeal
        """,
    },
}

DECLARED = {
    (endpoint, method): who
    for who, methods in TABLE.items()
    for method, endpoints in methods.items()
    for endpoint in endpoints.split()
}


def test_every_role_meets_what_is_declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, since asking takes long: the list at its end names every difference."""
    monkeypatch.setattr(numbers, "_ask", lambda *_who: Numbers([0] * len(registry.every("waiting")), {}))
    answers = ask_everything(tmp_path)
    wrong = [f"{method} {endpoint}: not declared" for endpoint, method in sorted(set(answers) - set(DECLARED))]
    wrong += [f"{method} {endpoint}: no such route" for endpoint, method in sorted(set(DECLARED) - set(answers))]
    wrong += [
        f"{method} {endpoint}: {role} met {met[role]!r}, declared {DECLARED[endpoint, method]}"
        for (endpoint, method), met in answers.items()
        for role in ROLES
        if (endpoint, method) in DECLARED and (met[role] == "yes") != (role in WHO[DECLARED[endpoint, method]])
    ]
    assert not wrong, "\n".join(wrong)
    assert answers["ledger.mine", "GET"]["visitor"] == "sign in"
    assert answers["ledger.mine", "GET"]["zoe"] == "join"
