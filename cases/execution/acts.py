"""The acts of execution."""

from cases.decision.outcomes import outcomes_of
from cases.dossier.moves import Move
from cases.execution import collecting, granting, imposing, outcomes, services, settling
from cases.execution.forms import PaymentForm, PerformanceForm, VoidPaymentForm, VoidPerformanceForm
from cases.execution.granting_forms import RequestTermsForm, VoidTermsForm
from cases.execution.granting_rules import (
    asking_obstacles,
    has_waiting_terms,
    may_ask_for_terms,
    voidable_terms,
)
from cases.execution.imposing_forms import DisposeGoodsForm, SurchargeForm
from cases.execution.outcome_forms import OutcomeForm, VoidOutcomeForm
from cases.execution.panels import answered_panel, payment_panel, terms_panel
from cases.execution.parts import is_fined, performable, performed, takes_goods
from cases.execution.rules import decision_of, has_payments, owed
from cases.execution.spot_forms import BankForm, CollectForm, HandInForm
from cases.execution.spot_rules import is_handed_in, is_held
from cases.flow.acts import Act, AnswerForm, registry

registry.add(
    Act(Move.RECORD_PAYMENT, PaymentForm, services.record_payment, applies=is_fined, panel=payment_panel),
    Act(
        Move.COLLECT_ON_SPOT,
        CollectForm,
        collecting.collect_on_spot,
        applies=lambda case: owed(case) > 0,
        template="cases/execution/collect.html",
        panel=payment_panel,
    ),
    Act(Move.HAND_IN_FINE, HandInForm, collecting.hand_in_fine, applies=is_held, panel=payment_panel),
    Act(Move.BANK_FINE, BankForm, collecting.bank_fine, applies=is_handed_in, panel=payment_panel),
    Act(
        Move.VOID_PAYMENT,
        VoidPaymentForm,
        services.void_payment,
        applies=has_payments,
        panel=payment_panel,
    ),
    Act(
        Move.IMPOSE_SURCHARGE,
        SurchargeForm,
        imposing.impose_surcharge,
        applies=is_fined,
        panel=payment_panel,
    ),
    Act(
        Move.DISPOSE_GOODS,
        DisposeGoodsForm,
        imposing.dispose_goods,
        applies=takes_goods,
        panel=payment_panel,
    ),
    Act(
        Move.REQUEST_TERMS,
        RequestTermsForm,
        granting.request_terms,
        obstacles=asking_obstacles,
        applies=may_ask_for_terms,
        panel=payment_panel,
    ),
    Act(
        Move.ANSWER_TERMS,
        AnswerForm,
        granting.answer_terms,
        applies=has_waiting_terms,
        panel=terms_panel,
    ),
    Act(
        Move.RECORD_PERFORMANCE,
        PerformanceForm,
        settling.record_performance,
        also=(Move.SETTLE,),
        applies=lambda case: bool(performable(case)),
        panel=payment_panel,
    ),
    Act(
        Move.VOID_PERFORMANCE,
        VoidPerformanceForm,
        settling.void_performance,
        also=(Move.EXECUTE_AGAIN,),
        applies=lambda case: bool(performed(case)),
        panel=payment_panel,
    ),
    Act(
        Move.VOID_TERMS,
        VoidTermsForm,
        granting.void_terms,
        applies=lambda case: voidable_terms(case) is not None,
        panel=answered_panel,
    ),
    Act(
        Move.RECORD_OUTCOME,
        OutcomeForm,
        outcomes.record_outcome,
        also=(Move.END_EXECUTION,),
        applies=lambda case: decision_of(case) is not None,
        panel=payment_panel,
    ),
    Act(
        Move.VOID_OUTCOME,
        VoidOutcomeForm,
        outcomes.void_outcome,
        applies=lambda case: bool(outcomes_of(case)),
        panel=payment_panel,
    ),
)
